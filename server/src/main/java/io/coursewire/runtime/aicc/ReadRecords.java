package io.coursewire.runtime.aicc;

import io.coursewire.packages.aicc.CourseTable;
import io.coursewire.packages.aicc.CourseTable.Row;
import io.coursewire.runtime.Elements;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// `PutInteractions`, `PutObjectives`, `PutPath` and `PutComments`: comma-delimited records under a line of names, as
/// changes of the data model.
final class ReadRecords {
    /// Where a record's fields go, and which of them makes it a record.
    private enum Kind {
        INTERACTIONS(
                "cmi.interactions.",
                "interaction_id",
                "course_id,student_id,lesson_id,date,time,interaction_id,objective_id,type_interaction,"
                        + "correct_response,student_response,result,weighting,latency",
                Map.of(
                        "interaction_id", "id",
                        "objective_id", "objectives.0.id",
                        "type_interaction", "type",
                        "correct_response", "correct_responses.0.pattern",
                        "student_response", "student_response",
                        "result", "result",
                        "weighting", "weighting",
                        "latency", "latency",
                        "date", "date",
                        "time", "time")),
        OBJECTIVES(
                "cmi.objectives.",
                "objective_id",
                "course_id,student_id,lesson_id,date,time,objective_id,status,score",
                Map.of(
                        "objective_id", "id",
                        "status", "status",
                        "objective_status", "status",
                        "score", "score.raw",
                        "objective_score", "score.raw",
                        "date", "date",
                        "time", "time")),
        PATH(
                "cmi.paths.",
                "element_location",
                "course_id,student_id,lesson_id,date,time,element_location,status,why_left,time_in_element",
                Map.of(
                        "element_location", "location_id",
                        "status", "status",
                        "why_left", "why_left",
                        "time_in_element", "time_in_element",
                        "date", "date",
                        "time", "time")),
        COMMENTS(
                "cmi.evaluation.comments.",
                "comment",
                "course_id,student_id,lesson_id,date,time,location,comment",
                Map.of(
                        "comment", "content",
                        "location", "location",
                        "date", "date",
                        "time", "time"));

        private final String collection;
        private final String needed;
        private final String names;
        private final Map<String, String> members;

        Kind(String collection, String needed, String names, Map<String, String> members) {
            this.collection = collection;
            this.needed = needed;
            this.names = names;
            this.members = members;
        }

        /// Content that left the names out means the standard's order.
        CourseTable table(String text) {
            var first = text.lines().findFirst().orElse("").toLowerCase(Locale.ROOT);
            return CourseTable.parse(first.contains(needed) ? text : names + "\r\n" + text);
        }

        Map<String, String> read(Row row) {
            var entry = new LinkedHashMap<String, String>();
            members.forEach(
                    (name, member) -> row.get(name).ifPresent(value -> entry.put(member, value)));
            return entry;
        }
    }

    private static final String PERFORMANCE = "cmi.performance.";

    private ReadRecords() {}

    /// Each record is a new answer. One that is sent again, to the second the same, is not.
    static Map<String, String> interactions(String text, Elements stored) {
        return added(Kind.INTERACTIONS, text, stored);
    }

    /// What is said about an objective stands beside or replaces what was said before.
    static Map<String, String> objectives(String text, Elements stored) {
        var changes = new HashMap<String, String>();
        var entries = new Entries(stored, Kind.OBJECTIVES.collection);
        for (var row : Kind.OBJECTIVES.table(text).rows()) {
            var entry = Kind.OBJECTIVES.read(row);
            Optional.ofNullable(entry.get("id"))
                    .map(entries::withId)
                    .ifPresent(prefix -> put(changes, prefix, entry));
        }
        return changes;
    }

    static Map<String, String> path(String text, Elements stored) {
        return added(Kind.PATH, text, stored);
    }

    static Map<String, String> comments(String text, Elements stored) {
        var records = added(Kind.COMMENTS, text, stored);
        // Content that knows nothing of records sends its comment as it is.
        return records.isEmpty() && !text.isBlank()
                ? Map.of(
                        new Entries(stored, Kind.COMMENTS.collection).add(Elements.NONE)
                                + ".content",
                        text)
                : records;
    }

    /// Free text, kept as it is.
    static Map<String, String> performance(String text, Elements stored) {
        return Map.of(
                new Entries(stored, PERFORMANCE).add(Elements.of(Map.of("text", text))) + ".text",
                text);
    }

    private static Map<String, String> added(Kind kind, String text, Elements stored) {
        var changes = new HashMap<String, String>();
        var entries = new Entries(stored, kind.collection);
        for (var row : kind.table(text).rows()) {
            var entry = kind.read(row);
            boolean isTimed = entry.containsKey("date") && entry.containsKey("time");
            boolean isRecord = row.get(kind.needed).isPresent();
            if (isRecord && !(isTimed && entries.contains(entry))) {
                put(changes, entries.add(Elements.of(entry)), entry);
            }
        }
        return changes;
    }

    private static void put(Map<String, String> changes, String prefix, Map<String, String> entry) {
        entry.forEach((member, value) -> changes.put(prefix + "." + member, value));
    }
}
