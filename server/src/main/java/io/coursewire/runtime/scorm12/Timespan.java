package io.coursewire.runtime.scorm12;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.regex.Pattern;

/// CMITimespan (SCORM 1.2 RTE 3.4.3): `HHHH:MM:SS[.SS]`, two to four digits of hours. On reading, one
/// digit of hours and minutes and seconds up to 99 are tolerated.
public final class Timespan {
    private static final Pattern FORM =
            Pattern.compile("(\\d{1,4}):(\\d{1,2}):(\\d{1,2}(?:\\.\\d{1,6})?)");
    private static final BigDecimal LONGEST = new BigDecimal("35999999.99");
    private static final int HOUR = 3600;
    private static final int MINUTE = 60;

    private Timespan() {}

    /// Seconds; empty for what is not a time span.
    public static Optional<BigDecimal> parse(String text) {
        var match = FORM.matcher(text.strip());
        return match.matches()
                ? Optional.of(
                        new BigDecimal(match.group(3))
                                .add(BigDecimal.valueOf(Long.parseLong(match.group(1)) * HOUR))
                                .add(BigDecimal.valueOf(Long.parseLong(match.group(2)) * MINUTE)))
                : Optional.empty();
    }

    /// Four digits of hours, two decimals of seconds: the longest form, which every course can read.
    public static String format(BigDecimal seconds) {
        var hundredths =
                seconds.min(LONGEST)
                        .movePointRight(2)
                        .setScale(0, RoundingMode.HALF_UP)
                        .longValue();
        long whole = hundredths / 100;
        return "%04d:%02d:%02d.%02d"
                .formatted(whole / HOUR, whole % HOUR / MINUTE, whole % MINUTE, hundredths % 100);
    }
}
