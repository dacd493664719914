package io.coursewire.runtime.scorm2004.sequencing;

import io.coursewire.packages.scorm2004.IsoDuration;
import io.coursewire.packages.scorm2004.LaunchData.SharedData;
import io.coursewire.runtime.scorm2004.sequencing.RunTimeData.Report;
import io.coursewire.runtime.scorm2004.sequencing.RunTimeData.Score;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// Reads a SCO's report from its data model elements. They come from a browser: what is no value of its element's kind, or out of
/// its range, counts as not set.
public final class ReadRunTimeData {
    /// More objectives than this are left out.
    static final int OBJECTIVES_MAX = 1_000;

    private final Map<String, String> set;
    private final Map<String, String> begun;

    private ReadRunTimeData(Map<String, String> set, Map<String, String> begun) {
        this.set = set;
        this.begun = begun;
    }

    /// @param set the elements that content set in this attempt, by full name
    /// @param begun the elements that it was given, where the ids of its objectives stand
    /// @param buckets the buckets of `adl.data` in their order
    public static RunTimeData read(
            Map<String, String> set, Map<String, String> begun, List<SharedData> buckets) {
        return new ReadRunTimeData(set, begun).read(buckets);
    }

    private RunTimeData read(List<SharedData> buckets) {
        return new RunTimeData(
                report("cmi."),
                objectives(),
                "suspend".equals(set.get("cmi.exit")),
                seconds(set.get("cmi.session_time")),
                shared(buckets));
    }

    private Map<String, Report> objectives() {
        var objectives = new LinkedHashMap<String, Report>();
        for (int n = 0; n < OBJECTIVES_MAX; n++) {
            var prefix = "cmi.objectives." + n + ".";
            var id = set.getOrDefault(prefix + "id", begun.get(prefix + "id"));
            if (id == null) {
                break;
            }
            objectives.putIfAbsent(id, report(prefix));
        }
        return objectives;
    }

    private Report report(String prefix) {
        return new Report(
                Optional.ofNullable(set.get(prefix + "completion_status")),
                Optional.ofNullable(set.get(prefix + "success_status")),
                number(prefix + "progress_measure", 0, 1),
                new Score(
                        number(prefix + "score.scaled", -1, 1),
                        number(prefix + "score.raw", -Double.MAX_VALUE, Double.MAX_VALUE),
                        number(prefix + "score.min", -Double.MAX_VALUE, Double.MAX_VALUE),
                        number(prefix + "score.max", -Double.MAX_VALUE, Double.MAX_VALUE)));
    }

    private OptionalDouble number(String element, double min, double max) {
        var text = set.get(element);
        if (text == null) {
            return OptionalDouble.empty();
        }
        try {
            var number = Double.parseDouble(text.strip());
            return number >= min && number <= max
                    ? OptionalDouble.of(number)
                    : OptionalDouble.empty();
        } catch (NumberFormatException _) {
            return OptionalDouble.empty();
        }
    }

    private static double seconds(String time) {
        if (time == null) {
            return 0;
        }
        try {
            return IsoDuration.parse(time.strip()).length().toMillis() / 1000.0;
        } catch (DateTimeParseException | ArithmeticException _) {
            return 0;
        }
    }

    private Map<String, String> shared(List<SharedData> buckets) {
        var shared = new LinkedHashMap<String, String>();
        for (int n = 0; n < buckets.size(); n++) {
            var stored = set.get("adl.data." + n + ".store");
            if (stored != null) {
                shared.put(buckets.get(n).target(), stored);
            }
        }
        return shared;
    }
}
