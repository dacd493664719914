package io.coursewire.offline.mapping;

import io.coursewire.offline.mapping.Cell.Bad;
import io.coursewire.offline.mapping.Cell.Value;
import io.coursewire.offline.mapping.Mapping.DateOrder;
import io.coursewire.offline.mapping.Mapping.Forms;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Date-times as spreadsheets and other systems write them: 2026-11-24T05:50:00Z, 24.11.2026 05:50, 11/24/2026
/// 5:50 AM, or by patterns of the mapping's own. A date alone is its first instant in the file's time zone. Pure.
final class Dates {
    private static final Pattern USUAL =
            Pattern.compile(
                    "(\\d{1,4})([.\\-/])(\\d{1,2})\\2(\\d{1,4})"
                            + "(?:[T ,]\\s*(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,]\\d{1,9})?)?\\s*([AaPp])?\\.?[Mm]?\\.?)?"
                            + "\\s*(Z|z|[+-]\\d{2}:?\\d{2})?");
    private static final int CHARS_MAX = 60;
    private static final String FORM =
            "must be a date-time such as 2026-11-24 05:50, 24.11.2026 05:50 or 2026-11-24T05:50:00Z; other forms are named by dateFormats in the mapping.";

    /// Two-digit years: 69 is 2069, 70 is 1970.
    private static final int CENTURY_TURN = 70;

    private final List<DateTimeFormatter> patterns;
    private final ZoneId zone;
    private final Optional<DateOrder> order;

    Dates(Forms forms) {
        this.zone = forms.zone();
        this.order = forms.dateOrder();
        this.patterns = forms.datePatterns().stream().map(Dates::formatter).toList();
    }

    // Strict, so that there is no 31st of February; years are meant by u where someone writes y.
    private static DateTimeFormatter formatter(String pattern) {
        return new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .appendPattern(pattern.replace('y', 'u'))
                .toFormatter(Locale.ENGLISH)
                .withResolverStyle(ResolverStyle.STRICT);
    }

    /// Whether it names a day: what it writes must be read as one again.
    static boolean isPattern(String pattern) {
        try {
            var formatter = formatter(pattern);
            var noon = ZonedDateTime.of(2026, 11, 24, 12, 0, 0, 0, ZoneOffset.UTC);
            LocalDate.from(formatter.parse(formatter.format(noon)));
            return true;
        } catch (IllegalArgumentException | DateTimeException e) {
            return false;
        }
    }

    Cell<Instant> read(String cell) {
        var text = cell.strip();
        if (text.length() > CHARS_MAX) {
            return new Bad<>(FORM);
        }
        for (var pattern : patterns) {
            var read = byPattern(pattern, text);
            if (read.isPresent()) {
                return new Value<>(read.get());
            }
        }
        var usual = USUAL.matcher(text);
        return usual.matches() ? usual(usual) : new Bad<>(FORM);
    }

    private Optional<Instant> byPattern(DateTimeFormatter pattern, String text) {
        try {
            return Optional.of(instant(pattern.parse(text)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private Instant instant(TemporalAccessor parsed) {
        if (parsed.isSupported(ChronoField.INSTANT_SECONDS)) {
            return Instant.from(parsed);
        }
        var time = parsed.query(TemporalQueries.localTime());
        var at = LocalDate.from(parsed).atTime(time == null ? LocalTime.MIDNIGHT : time);
        var offset = parsed.query(TemporalQueries.zone());
        return at.atZone(offset == null ? zone : offset).toInstant();
    }

    private Cell<Instant> usual(MatchResult parts) {
        var first = parts.group(1);
        var second = parts.group(3);
        var third = parts.group(4);
        try {
            if (first.length() == 4) {
                return at(parts, LocalDate.of(number(first), number(second), number(third)));
            }
            int year = year(third);
            var dayFirst = dayFirst(parts.group(2), number(first), number(second));
            if (dayFirst.isEmpty()) {
                return new Bad<>(
                        "may be the day or the month first. Say dateOrder in the mapping, dayFirst or monthFirst.");
            }
            return at(
                    parts,
                    dayFirst.get()
                            ? LocalDate.of(year, number(second), number(first))
                            : LocalDate.of(year, number(first), number(second)));
        } catch (DateTimeException e) {
            return new Bad<>("is no date-time that there is.");
        }
    }

    private Optional<Boolean> dayFirst(String separator, int first, int second) {
        if (separator.equals(".") || first == second) {
            return Optional.of(true);
        }
        return order.map(DateOrder.DAY_FIRST::equals)
                .or(() -> first > 12 || second > 12 ? Optional.of(first > 12) : Optional.empty());
    }

    private Cell<Instant> at(MatchResult parts, LocalDate date) {
        var local = LocalDateTime.of(date, time(parts));
        var offset = parts.group(9);
        var instant =
                offset == null
                        ? ZonedDateTime.of(local, zone).toInstant()
                        : local.toInstant(ZoneOffset.of(offset.toUpperCase(Locale.ROOT)));
        return new Value<>(instant);
    }

    private static LocalTime time(MatchResult parts) {
        if (parts.group(5) == null) {
            return LocalTime.MIDNIGHT;
        }
        int hour = number(parts.group(5));
        if (parts.group(8) != null) {
            if (hour < 1 || hour > 12) {
                throw new DateTimeException("no such hour");
            }
            boolean afternoon = parts.group(8).equalsIgnoreCase("p");
            hour = hour % 12 + (afternoon ? 12 : 0);
        }
        int second = parts.group(7) == null ? 0 : number(parts.group(7));
        return LocalTime.of(hour, number(parts.group(6)), second);
    }

    private static int year(String text) {
        int year = number(text);
        return switch (text.length()) {
            case 4 -> year;
            case 2 -> year + (year < CENTURY_TURN ? 2000 : 1900);
            default -> throw new DateTimeException("no such year");
        };
    }

    private static int number(String digits) {
        return Integer.parseInt(digits);
    }
}
