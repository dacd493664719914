package io.coursewire.runtime;

import io.coursewire.attempts.Presence;
import io.coursewire.attempts.Progress;
import io.coursewire.attempts.RuntimeReport;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;

/// How one standard speaks about one item: what content finds when it opens, how what it says adds up,
/// and what that means. Pure.
public interface DataModel {
    /// Who opens it and how.
    record Opening(
            String studentId,
            String studentName,
            Optional<String> language,
            Mode mode,
            Progress progress,
            BigDecimal totalSeconds) {}

    /// What content changed, the instant at which it did and its offset from UTC.
    record Change(Map<String, String> elements, Instant at, ZoneOffset offset) {}

    /// The elements that a new session starts from: what belonged to the former session alone is gone.
    Elements reopened(Elements stored);

    /// What the new session keeps of how it was opened, for content that may ask at any time of it.
    default Elements opened(Elements stored, Opening opening) {
        return stored;
    }

    /// The elements that content finds, those that only it may read or write included.
    Map<String, String> seed(Elements stored, Opening opening);

    Elements merge(Elements stored, Change change);

    /// All that content has said so far, up to that end.
    RuntimeReport report(Elements elements, End end);

    /// The session's time as content reported it, empty where it reported none.
    Optional<BigDecimal> sessionSeconds(Elements elements);

    /// Where the participant is after that end.
    Presence presence(Elements elements, End end);
}
