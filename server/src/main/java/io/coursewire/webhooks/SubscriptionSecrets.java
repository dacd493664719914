package io.coursewire.webhooks;

import io.coursewire.webhooks.sending.WebhookSecret;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is stored encrypted and shown masked: signing secrets, newest first, and header values.
public record SubscriptionSecrets(List<Signing> signing, Map<String, String> headers) {
    /// `until` is empty for the one in use, the end of the overlap for one that was rotated out.
    public record Signing(WebhookSecret secret, Optional<Instant> until) {
        boolean signsAt(Instant now) {
            return until.isEmpty() || now.isBefore(until.get());
        }
    }

    public SubscriptionSecrets {
        signing = List.copyOf(signing);
        headers = Map.copyOf(headers);
    }

    public static SubscriptionSecrets first(Map<String, String> headers) {
        return new SubscriptionSecrets(
                List.of(new Signing(WebhookSecret.next(), Optional.empty())), headers);
    }

    public WebhookSecret current() {
        return signing.getFirst().secret();
    }

    /// Those that sign now: the one in use and any whose overlap lasts.
    public List<WebhookSecret> signingAt(Instant now) {
        return signing.stream().filter(s -> s.signsAt(now)).map(Signing::secret).toList();
    }

    /// A new secret in use; the one before goes on signing until `overlapEnd`.
    public SubscriptionSecrets rotated(Instant now, Instant overlapEnd) {
        var next = new ArrayList<Signing>();
        next.add(new Signing(WebhookSecret.next(), Optional.empty()));
        next.add(new Signing(current(), Optional.of(overlapEnd)));
        signing.stream().skip(1).filter(s -> s.signsAt(now)).forEach(next::add);
        return new SubscriptionSecrets(next, headers);
    }

    public SubscriptionSecrets withHeaders(Map<String, String> newHeaders) {
        return new SubscriptionSecrets(signing, newHeaders);
    }

    @Override
    public String toString() {
        return "SubscriptionSecrets[***]";
    }
}
