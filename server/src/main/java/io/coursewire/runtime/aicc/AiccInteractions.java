package io.coursewire.runtime.aicc;

import io.coursewire.attempts.Interaction;
import io.coursewire.runtime.DataModel.Change;
import io.coursewire.runtime.Decimals;
import io.coursewire.runtime.Elements;
import io.coursewire.runtime.Interactions;
import io.coursewire.runtime.scorm12.TimeOfDay;
import io.coursewire.runtime.scorm12.Timespan;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The answers that content reported, by `PutInteractions` or its API. Each is a local date and time of day.
final class AiccInteractions {
    private static final Pattern MOMENT =
            Pattern.compile("cmi\\.interactions\\.([^.]+)\\.(?:date|time)");
    private static final Pattern DATE = Pattern.compile("(\\d{4})[/.-](\\d{1,2})[/.-](\\d{1,2})");

    private AiccInteractions() {}

    /// The instants that dates and times of the change mean, while the offset of the call is known.
    static Map<String, String> timestamps(Elements merged, Change change) {
        var timestamps = new HashMap<String, String>();
        for (String name : change.elements().keySet()) {
            var moment = MOMENT.matcher(name);
            if (moment.matches()) {
                var index = moment.group(1);
                timestamp(merged.within("cmi.interactions." + index + "."), change)
                        .ifPresent(
                                instant -> timestamps.put(timestampOf(index), instant.toString()));
            }
        }
        return timestamps;
    }

    private static Optional<Instant> timestamp(Elements answer, Change change) {
        return answer.get("time")
                .flatMap(
                        time ->
                                answer.get("date")
                                        .flatMap(AiccInteractions::date)
                                        .flatMap(date -> TimeOfDay.parse(time).map(date::atTime))
                                        .map(local -> local.toInstant(change.offset()))
                                        .or(
                                                () ->
                                                        TimeOfDay.nearest(
                                                                time,
                                                                change.at(),
                                                                change.offset())));
    }

    private static Optional<LocalDate> date(String text) {
        var match = DATE.matcher(text.strip());
        try {
            return match.matches()
                    ? Optional.of(
                            LocalDate.of(
                                    Integer.parseInt(match.group(1)),
                                    Integer.parseInt(match.group(2)),
                                    Integer.parseInt(match.group(3))))
                    : Optional.empty();
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private static String timestampOf(String index) {
        return AiccModel.OUR_OWN + "interactions." + index + ".timestamp";
    }

    static List<Interaction> of(Elements elements) {
        return Interactions.of(
                elements,
                (number, index, answer) ->
                        interaction(number, answer, elements.get(timestampOf(index))));
    }

    private static Interaction interaction(
            int number, Elements answer, Optional<String> timestamp) {
        return new Interaction(
                number,
                answer.get("id").orElse(""),
                answer.get("type").flatMap(AiccWords::questionType),
                Optional.empty(),
                answer.get("student_response").map(Interactions::limited),
                Interactions.patterns(answer),
                answer.get("result").flatMap(AiccWords::result),
                answer.get("weighting").flatMap(Decimals::parse),
                answer.get("latency").flatMap(Timespan::parse),
                timestamp.map(Instant::parse));
    }
}
