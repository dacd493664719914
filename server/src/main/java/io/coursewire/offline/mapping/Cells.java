package io.coursewire.offline.mapping;

import io.coursewire.offline.mapping.Cell.Bad;
import io.coursewire.offline.mapping.Cell.Value;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

/// Numbers, words and spans of time as spreadsheets and other systems write them. Pure.
final class Cells {
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)");
    private static final Pattern GROUPED_BY_COMMA =
            Pattern.compile("[+-]?\\d{1,3}(,\\d{3})+\\.\\d+");
    private static final Pattern GROUPED_BY_POINT =
            Pattern.compile("[+-]?\\d{1,3}(\\.\\d{3})+,\\d+");
    private static final Pattern AMBIGUOUS_POINT = Pattern.compile("[+-]?[1-9]\\d{0,2}\\.\\d{3}");
    private static final Pattern AMBIGUOUS_COMMA = Pattern.compile("[+-]?[1-9]\\d{0,2},\\d{3}");
    private static final Pattern CLOCK =
            Pattern.compile("(\\d{1,6}):([0-5]?\\d)(?::([0-5]?\\d(?:\\.\\d+)?))?");
    private static final Pattern GROUPING = Pattern.compile("[\\s\\u00a0\\u202f']");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[\\s_-]+");
    private static final int NUMBER_CHARS_MAX = 40;
    private static final int FEW_DIGITS_MAX = 18;
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private Cells() {}

    /// Words are told apart by letters and digits alone: `Attempt number` is `attemptNumber`.
    static String folded(String text) {
        return BETWEEN_WORDS.matcher(text.strip().toLowerCase(Locale.ROOT)).replaceAll("");
    }

    static Cell<BigDecimal> number(String cell, boolean decimalComma) {
        if (isFewDigits(cell)) {
            return new Value<>(BigDecimal.valueOf(Long.parseLong(cell)));
        }
        var text = GROUPING.matcher(cell).replaceAll("");
        if (text.length() > NUMBER_CHARS_MAX) {
            return noNumber();
        }
        if (decimalComma && AMBIGUOUS_POINT.matcher(text).matches()
                || !decimalComma && AMBIGUOUS_COMMA.matcher(text).matches()) {
            return new Bad<>(
                    "may be a thousand times as much. Write it without a separator of thousands, or say decimalComma in the mapping.");
        }
        var plain = plain(text);
        return NUMBER.matcher(plain).matches() ? new Value<>(new BigDecimal(plain)) : noNumber();
    }

    // Most numbers are that, and need no search for separators.
    private static boolean isFewDigits(String text) {
        int length = text.length();
        if (length == 0 || length > FEW_DIGITS_MAX) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    private static String plain(String text) {
        if (text.indexOf(',') < 0 && text.indexOf('.') == text.lastIndexOf('.')) {
            return text;
        }
        if (GROUPED_BY_COMMA.matcher(text).matches()) {
            return text.replace(",", "");
        }
        if (GROUPED_BY_POINT.matcher(text).matches()) {
            return text.replace(".", "").replace(',', '.');
        }
        return text.replace(',', '.');
    }

    /// `85%` is 0.85; so is 85 where the mapping says that the field is in hundredths.
    static Cell<BigDecimal> fraction(String cell, boolean decimalComma, boolean inHundredths) {
        boolean sign = cell.strip().endsWith("%");
        var text = sign ? cell.strip().substring(0, cell.strip().length() - 1) : cell;
        return switch (number(text, decimalComma)) {
            case Value<BigDecimal>(var value) ->
                    new Value<>(sign || inHundredths ? value.divide(HUNDRED) : value);
            case Bad<BigDecimal> bad -> bad;
        };
    }

    /// Seconds, `1:02:03`, or ISO 8601 such as `PT1H2M3S`.
    static Cell<BigDecimal> seconds(String cell, boolean decimalComma) {
        var text = cell.strip();
        if (isFewDigits(text)) {
            return number(text, decimalComma);
        }
        var clock = CLOCK.matcher(text.replace(',', '.'));
        if (clock.matches()) {
            boolean hours = clock.group(3) != null;
            var minutes = Long.parseLong(clock.group(1)) * 60 + Long.parseLong(clock.group(2));
            return hours
                    ? new Value<>(
                            BigDecimal.valueOf(minutes * 60).add(new BigDecimal(clock.group(3))))
                    : new Bad<>(
                            "may be hours and minutes or minutes and seconds. Write h:mm:ss or seconds.");
        }
        return text.startsWith("P") || text.startsWith("p")
                ? iso(text)
                : number(text, decimalComma);
    }

    private static Cell<BigDecimal> iso(String text) {
        try {
            var span = Duration.parse(text);
            return new Value<>(
                    BigDecimal.valueOf(span.getSeconds())
                            .add(BigDecimal.valueOf(span.getNano(), 9)));
        } catch (DateTimeException e) {
            return new Bad<>("must be seconds, h:mm:ss or a span such as PT1H2M3S.");
        }
    }

    private static Cell<BigDecimal> noNumber() {
        return new Bad<>("must be a number.");
    }
}
