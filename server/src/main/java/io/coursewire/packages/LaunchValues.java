package io.coursewire.packages;

import io.coursewire.kernel.Magnitude;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/// Values that manifests of several standards write alike.
public final class LaunchValues {
    private static final BigDecimal SCORE_MAX = BigDecimal.valueOf(100);
    private static final int NUMBER_CHARS_MAX = 20;
    private static final Pattern TIMESPAN = Pattern.compile("\\d{2,4}:\\d{2}:\\d{2}(\\.\\d{1,2})?");
    private static final Pattern ZERO = Pattern.compile("[0:.]+");

    private LaunchValues() {}

    /// A score from 0 to 100; empty for what is none. `1E-17000` is short to write and no score.
    public static Optional<BigDecimal> score(String text) {
        try {
            var plain = text.replace(',', '.').replace("%", "").strip();
            return plain.length() > NUMBER_CHARS_MAX
                    ? Optional.empty()
                    : Optional.of(new BigDecimal(plain))
                            .filter(Magnitude::isOrdinary)
                            .filter(score -> score.signum() >= 0)
                            .filter(score -> score.compareTo(SCORE_MAX) <= 0);
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    /// `HHHH:MM:SS.SS`; empty for what is none.
    public static Optional<String> timespan(String text) {
        return Optional.of(text).filter(time -> TIMESPAN.matcher(time).matches());
    }

    /// A time of zero, which means no limit.
    public static boolean isZero(String text) {
        return ZERO.matcher(text).matches();
    }
}
