package io.coursewire.webhooks.explain;

import java.util.List;
import java.util.Optional;

/// What came of checking a webhook that someone received: whose signature it is, if anyone's, and what else
/// there is to say, in sentences for people.
public record SignatureCheck(Optional<Match> match, List<String> findings) {
    public SignatureCheck {
        findings = List.copyOf(findings);
    }

    /// `kind` is v1, v1a or raw; `key` says which one of the webhook's.
    public record Match(String kind, String key) {}
}
