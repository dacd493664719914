package io.coursewire.offline;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/// Date-times in the form of an AttemptStatus: with an offset, or without one for UTC.
public final class DateTimes {
    public static final String FORM =
            "a date-time such as 2026-11-24T05:50:00, in UTC or with an offset";

    private DateTimes() {}

    /// Empty when the text is something else, or a date that the calendar does not have.
    public static Optional<Instant> read(String text) {
        return withOffset(text).or(() -> withoutOffset(text));
    }

    private static Optional<Instant> withOffset(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> withoutOffset(String text) {
        try {
            return Optional.of(LocalDateTime.parse(text).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
