package io.coursewire.packages.scorm2004;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;

/// An ISO 8601 duration with years and months, which `java.time.Duration` does not read: as it was written, and as long as it is.
/// SCORM has no calendar to measure it by: a year is 365.25 days and a month a twelfth of it.
public record IsoDuration(String text, Duration length) {
    private static final Pattern FORM = Pattern.compile("P(?:(\\d+)Y)?(?:(\\d+)M)?(\\d+D)?(T.+)?");
    private static final long SECONDS_PER_YEAR = 31_557_600;
    private static final int MAX_DIGITS = 6;

    // Of days and less: what is longer cannot be added to a time.
    private static final Duration LONGEST = Duration.ofSeconds(1_000_000 * SECONDS_PER_YEAR);

    // Beyond nanoseconds, as content has them that counts in floating point.
    private static final Pattern TOO_FINE = Pattern.compile("(?<=\\.\\d{9})\\d+");

    /// @throws DateTimeParseException when it is none
    public static IsoDuration parse(String text) {
        var match = FORM.matcher(text);
        if (!match.matches() || text.length() < 3) {
            throw new DateTimeParseException("not a duration", text, 0);
        }
        var days = daysAndLess(match.group(3), match.group(4));
        var length =
                days.plusSeconds(whole(text, match.group(1)) * SECONDS_PER_YEAR)
                        .plusSeconds(whole(text, match.group(2)) * (SECONDS_PER_YEAR / 12));
        return new IsoDuration(text, length);
    }

    private static Duration daysAndLess(String days, String time) {
        if (days == null && time == null) {
            return Duration.ZERO;
        }
        var fine = time == null ? "" : TOO_FINE.matcher(time).replaceFirst("");
        var length = Duration.parse("P" + (days == null ? "" : days) + fine);
        if (length.compareTo(LONGEST) > 0 || length.compareTo(LONGEST.negated()) < 0) {
            throw new DateTimeParseException("too long", time == null ? days : time, 0);
        }
        return length;
    }

    private static long whole(String text, String digits) {
        if (digits == null) {
            return 0;
        }
        if (digits.length() > MAX_DIGITS) {
            throw new DateTimeParseException("too long", text, 0);
        }
        return Long.parseLong(digits);
    }
}
