package io.coursewire.runtime.aicc;

import io.coursewire.runtime.Elements;
import io.coursewire.runtime.scorm12.Timespan;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What `GetParam` is answered: the data model in groups. The lesson's own data is as it came, byte for byte.
public final class WriteParam {
    private static final List<String> PREFERENCES =
            List.of(
                    "Audio",
                    "Language",
                    "Lesson_Type",
                    "Speed",
                    "Text",
                    "Text_Color",
                    "Text_Location",
                    "Text_Size",
                    "Video");
    private static final int HOUR = 3600;
    private static final int MINUTE = 60;

    private final Elements elements;
    private final StringBuilder text = new StringBuilder();

    private WriteParam(Elements elements) {
        this.elements = elements;
    }

    public static String text(Map<String, String> seed) {
        return new WriteParam(Elements.of(seed)).write();
    }

    private String write() {
        writeCore();
        free("Core_Lesson", "cmi.suspend_data");
        free("Core_Vendor", "cmi.launch_data");
        group("Evaluation");
        line("Course_ID", get("cmi.evaluation.course_id"));
        group("Objectives_Status");
        writeObjectives();
        group("Student_Data");
        line("Mastery_Score", get("cmi.student_data.mastery_score"));
        line("Max_Time_Allowed", get("cmi.student_data.max_time_allowed"));
        line("Time_Limit_Action", get("cmi.student_data.time_limit_action"));
        group("Student_Preferences");
        for (String name : PREFERENCES) {
            elements.get("cmi.student_preference." + name.toLowerCase(java.util.Locale.ROOT))
                    .ifPresent(value -> line(name, value));
        }
        return text.toString();
    }

    private void writeCore() {
        group("Core");
        line("Student_ID", get("cmi.core.student_id"));
        line("Student_Name", get("cmi.core.student_name"));
        line("Lesson_Location", get("cmi.core.lesson_location"));
        line("Credit", get("cmi.core.credit"));
        line("Lesson_Status", joined(", ", "cmi.core.lesson_status", "cmi.core.entry"));
        line("Score", score("cmi.core.score."));
        line("Time", time());
        line("Lesson_Mode", get("cmi.core.lesson_mode"));
    }

    private void writeObjectives() {
        for (int n = 0; elements.get("cmi.objectives." + n + ".id").isPresent(); n++) {
            var objective = "cmi.objectives." + n + ".";
            line("J_ID." + (n + 1), get(objective + "id"));
            line("J_Score." + (n + 1), score(objective + "score."));
            line("J_Status." + (n + 1), elements.get(objective + "status").orElse("not attempted"));
        }
    }

    private String get(String name) {
        return elements.get(name).orElse("");
    }

    private String score(String prefix) {
        return joined(",", prefix + "raw", prefix + "max", prefix + "min");
    }

    /// Those that have a value, up to the last.
    private String joined(String separator, String... names) {
        var values = Stream.of(names).map(this::get).collect(Collectors.joining(separator));
        return values.replaceFirst("[, ]+$", "");
    }

    /// `HHHH:MM:SS`, at least two digits of hours.
    private String time() {
        long seconds =
                Optional.of(get("cmi.core.total_time"))
                        .flatMap(Timespan::parse)
                        .orElse(BigDecimal.ZERO)
                        .setScale(0, RoundingMode.HALF_UP)
                        .longValue();
        return "%02d:%02d:%02d"
                .formatted(seconds / HOUR, seconds % HOUR / MINUTE, seconds % MINUTE);
    }

    private void group(String name) {
        text.append('[').append(name).append("]\r\n");
    }

    private void free(String name, String element) {
        group(name);
        text.append(elements.asMap().getOrDefault(element, "")).append("\r\n");
    }

    private void line(String name, String value) {
        text.append(name).append('=').append(value.replaceAll("[\\r\\n]+", " ")).append("\r\n");
    }
}
