package io.coursewire.runtime.scorm2004;

import io.coursewire.packages.scorm2004.IsoDuration;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/// timeinterval (second,10,2) (RTE 4.1.1.7): `P[nY][nM][nD][T[nH][nM][n[.nn]S]]`.
final class TimeInterval {
    private static final int HOUR = 3600;
    private static final int MINUTE = 60;
    private static final int HUNDREDTHS = 2;
    private static final BigDecimal LONGEST = new BigDecimal("9999999999");

    private TimeInterval() {}

    /// Seconds; empty for what is not a time interval.
    static Optional<BigDecimal> parse(String text) {
        var trimmed = text.strip();
        if (trimmed.contains("-")) {
            return Optional.empty();
        }
        try {
            var length = IsoDuration.parse(trimmed).length();
            return Optional.of(
                    BigDecimal.valueOf(length.toMillis())
                            .movePointLeft(3)
                            .setScale(HUNDREDTHS, RoundingMode.HALF_UP));
        } catch (DateTimeParseException | ArithmeticException _) {
            return Optional.empty();
        }
    }

    static String format(BigDecimal seconds) {
        var rounded = seconds.min(LONGEST).setScale(HUNDREDTHS, RoundingMode.HALF_UP);
        long whole = rounded.longValue();
        var second = rounded.remainder(BigDecimal.valueOf(MINUTE)).stripTrailingZeros();
        return "PT%dH%dM%sS".formatted(whole / HOUR, whole % HOUR / MINUTE, second.toPlainString());
    }
}
