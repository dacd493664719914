package io.coursewire.runtime.aicc;

import io.coursewire.runtime.Elements;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `PutParam` as changes of the data model. What is left blank is left as it is, save for bookmark and lesson data.
final class ReadParam {
    private static final List<String> SCORE = List.of("raw", "max", "min");
    private static final List<String> PREFERENCES =
            List.of(
                    "audio",
                    "language",
                    "lesson_type",
                    "speed",
                    "text",
                    "text_color",
                    "text_location",
                    "text_size",
                    "video");

    private final AiccData data;
    private final Elements stored;
    private final Map<String, String> changes = new HashMap<>();

    private ReadParam(AiccData data, Elements stored) {
        this.data = data;
        this.stored = stored;
    }

    static Map<String, String> changes(String text, Elements stored) {
        return new ReadParam(AiccData.parse(text), stored).read();
    }

    private Map<String, String> read() {
        readCore();
        data.text("core_lesson").ifPresent(text -> changes.put("cmi.suspend_data", text));
        data.text("comments").ifPresent(text -> changes.put("cmi.comments", text));
        readObjectives();
        var preferences = data.values("student_preferences");
        for (String name : PREFERENCES) {
            given(preferences, name)
                    .ifPresent(value -> changes.put("cmi.student_preference." + name, value));
        }
        return changes;
    }

    private static Optional<String> given(Map<String, String> values, String name) {
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
    }

    private void readCore() {
        var core = data.values("core");
        if (core.containsKey("lesson_location")) {
            changes.put("cmi.core.lesson_location", core.get("lesson_location"));
        }
        given(core, "lesson_status").ifPresent(this::readStatus);
        given(core, "score").ifPresent(score -> readScore("cmi.core.score.", score));
        given(core, "time").ifPresent(time -> changes.put("cmi.core.session_time", time));
    }

    /// `status[, exit flag]`
    private void readStatus(String text) {
        var parts = text.split(",", 2);
        if (!parts[0].isBlank()) {
            changes.put("cmi.core.lesson_status", parts[0].strip());
        }
        changes.put("cmi.core.exit", parts.length > 1 ? parts[1].strip() : "");
    }

    /// `raw[,max[,min]]`
    private void readScore(String prefix, String text) {
        var numbers = text.split("[,;]", SCORE.size());
        for (int n = 0; n < numbers.length; n++) {
            if (!numbers[n].isBlank()) {
                changes.put(prefix + SCORE.get(n), numbers[n].strip());
            }
        }
    }

    /// `J_ID.1=`, `J_Score.1=`, `J_Status.1=`
    private void readObjectives() {
        var values = data.values("objectives_status");
        var objectives = new Entries(stored, "cmi.objectives.");
        values.forEach(
                (name, id) -> {
                    if (name.startsWith("j_id.") && !id.isEmpty()) {
                        var number = name.substring("j_id.".length());
                        var entry = objectives.withId(id);
                        changes.put(entry + ".id", id);
                        given(values, "j_status." + number)
                                .ifPresent(status -> changes.put(entry + ".status", status));
                        given(values, "j_score." + number)
                                .ifPresent(score -> readScore(entry + ".score.", score));
                    }
                });
    }
}
