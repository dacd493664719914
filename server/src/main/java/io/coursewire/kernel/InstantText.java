package io.coursewire.kernel;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/// Date-times as RFC 3339 has them: with an offset, in the years 0001 to 9999. Java knows years that no database takes.
/// Pure.
public final class InstantText {
    private static final int YEAR_MAX = 9_999;

    private InstantText() {}

    /// Empty for what is none.
    public static Optional<Instant> parse(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text))
                    .map(time -> time.withOffsetSameInstant(ZoneOffset.UTC))
                    .filter(time -> time.getYear() >= 1 && time.getYear() <= YEAR_MAX)
                    .map(OffsetDateTime::toInstant);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
