package io.coursewire.runtime.aicc;

import io.coursewire.runtime.Elements;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What the units of a course said of its objectives, by `[Objectives_Status]`, `PutObjectives` or the API.
public final class ReportedObjectives {
    private static final String OBJECTIVES = "cmi.objectives.";
    private static final String ID = ".id";
    private static final String STATUS = ".status";

    private ReportedObjectives() {}

    /// The status of each objective that has one, in the words of SCORM 1.2, by its id in upper case. The last word counts.
    ///
    /// @param said by each unit, in order
    public static Map<String, String> in(List<Elements> said) {
        var statuses = new HashMap<String, String>();
        said.forEach(elements -> read(elements, statuses));
        return statuses;
    }

    private static void read(Elements elements, Map<String, String> statuses) {
        elements.below(OBJECTIVES)
                .forEach(
                        (name, id) -> {
                            if (name.endsWith(ID) && !id.isBlank()) {
                                var entry = name.substring(0, name.length() - ID.length());
                                elements.get(entry + STATUS)
                                        .flatMap(AiccWords::status)
                                        .ifPresent(
                                                status ->
                                                        statuses.put(
                                                                id.strip().toUpperCase(Locale.ROOT),
                                                                status));
                            }
                        });
    }
}
