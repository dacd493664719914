package io.coursewire.webhooks.delivery;

import io.coursewire.webhooks.sending.Answer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;

/// What an answer means for the delivery and for its endpoint.
public sealed interface Verdict {
    Duration PAUSE_MAX = Duration.ofDays(1);

    /// As a try that finds the endpoint busy uses up nothing, there is no end to them.
    Duration PAUSE_MIN = Duration.ofSeconds(5);

    record Delivered() implements Verdict {}

    /// Uses up a try.
    record Failed() implements Verdict {}

    /// The endpoint asks for patience; uses up no try. Empty when it does not say how long.
    record Busy(Optional<Instant> until) implements Verdict {}

    /// The endpoint wants nothing any more.
    record Gone() implements Verdict {}

    Set<Integer> BUSY_STATUSES = Set.of(429, 502, 503, 504);

    /// Standard Webhooks: any 2xx is success, 410 is the end, redirects are failures.
    static Verdict of(Answer answer, Instant now) {
        return switch (answer) {
            case Answer.None _ -> new Failed();
            case Answer.Status status when status.code() >= 200 && status.code() < 300 ->
                    new Delivered();
            case Answer.Status status when status.code() == 410 -> new Gone();
            case Answer.Status status -> {
                Optional<Instant> until =
                        status.retryAfter().flatMap(text -> retryAfter(text, now));
                yield BUSY_STATUSES.contains(status.code()) || until.isPresent()
                        ? new Busy(until)
                        : new Failed();
            }
        };
    }

    /// RFC 9110, 10.2.3: seconds or a date; no shorter than some seconds, no longer than a day.
    private static Optional<Instant> retryAfter(String text, Instant now) {
        Instant earliest = now.plus(PAUSE_MIN);
        Instant latest = now.plus(PAUSE_MAX);
        try {
            Instant asked =
                    text.matches("\\d{1,9}")
                            ? now.plusSeconds(Long.parseLong(text))
                            : ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toInstant();
            Instant noSooner = asked.isBefore(earliest) ? earliest : asked;
            return Optional.of(noSooner.isAfter(latest) ? latest : noSooner);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
