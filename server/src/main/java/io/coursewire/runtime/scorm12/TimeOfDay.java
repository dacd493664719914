package io.coursewire.runtime.scorm12;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/// CMITime (SCORM 1.2 RTE 3.4.3): a local time of day without a date, `HH:MM:SS[.SS]`.
public final class TimeOfDay {
    private static final Pattern FORM =
            Pattern.compile("(\\d{1,2}):(\\d{1,2}):(\\d{1,2})(?:\\.\\d{1,6})?");

    private TimeOfDay() {}

    /// The instant meant: on the date, in the offset of the call, that brings it nearest to the call.
    public static Optional<Instant> nearest(String text, Instant call, ZoneOffset offset) {
        return parse(text)
                .flatMap(
                        time -> {
                            var today = call.atOffset(offset).toLocalDate();
                            return LongStream.rangeClosed(-1, 1)
                                    .mapToObj(days -> today.plusDays(days).atTime(time))
                                    .map(moment -> moment.toInstant(offset))
                                    .min(
                                            Comparator.comparing(
                                                    i -> Duration.between(i, call).abs()));
                        });
    }

    public static Optional<LocalTime> parse(String text) {
        var match = FORM.matcher(text.strip());
        if (!match.matches()) {
            return Optional.empty();
        }
        int hour = Integer.parseInt(match.group(1));
        int minute = Integer.parseInt(match.group(2));
        int second = Integer.parseInt(match.group(3));
        return hour < 24 && minute < 60 && second < 60
                ? Optional.of(LocalTime.of(hour, minute, second))
                : Optional.empty();
    }
}
