package io.coursewire.runtime.scorm2004.conformance;

import io.coursewire.packages.scorm2004.IsoDuration;
import io.coursewire.packages.scorm2004.LaunchData.SharedData;
import io.coursewire.runtime.scorm2004.sequencing.RunTimeData;
import io.coursewire.runtime.scorm2004.sequencing.RunTimeData.Report;
import io.coursewire.runtime.scorm2004.sequencing.RunTimeData.Score;
import io.coursewire.runtime.scorm2004.sequencing.RunTimeStart;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// Stands in for the browser's SCO data model, as far as the engine gives and takes of it: no validation of types, no
/// interactions or comments.
final class ScoData {
    static final int OK = 0;
    static final int NOT_INITIALIZED = 403;
    private static final int GENERAL_SET_FAILURE = 351;
    private static final int READ_ONLY = 404;
    private static final int WRITE_ONLY = 405;
    private static final Map<String, String> DEFAULTS =
            Map.of(
                    "completion_status", "unknown",
                    "success_status", "unknown",
                    "total_time", "PT0H0M0S");

    private final Map<String, String> elements = new LinkedHashMap<>();
    private final Map<String, String> setByContent = new LinkedHashMap<>();
    private final List<SharedData> buckets;
    private int error;

    /// @param suspended what the SCO had when its attempt was suspended, empty for a new one
    ScoData(RunTimeStart start, Map<String, String> suspended) {
        elements.putAll(suspended);
        var objectives = new HashMap<String, String>();
        for (int i = 0; i < count("cmi.objectives"); i++) {
            objectives.put(
                    elements.get("cmi.objectives." + i + ".id"), "cmi.objectives." + i + ".");
        }
        // A resumed SCO keeps the places of its objectives; what was tracked meanwhile goes there.
        start.elements()
                .forEach(
                        (element, value) -> {
                            if (!element.startsWith("cmi.objectives.") || objectives.isEmpty()) {
                                elements.put(element, value);
                                return;
                            }
                            var parts = element.split("\\.", 4);
                            var id = start.elements().get("cmi.objectives." + parts[2] + ".id");
                            elements.put(
                                    objectives.getOrDefault(id, "cmi.objectives." + parts[2] + ".")
                                            + parts[3],
                                    value);
                        });
        buckets = start.sharedData();
        elements.keySet()
                .removeIf(
                        element -> element.equals("cmi.exit") || element.equals("adl.nav.request"));
    }

    Map<String, String> elements() {
        return elements;
    }

    int error() {
        return error;
    }

    int count(String collection) {
        var count = 0;
        while (elements.containsKey(collection + "." + count + ".id")) {
            count++;
        }
        return count;
    }

    String get(String element) {
        error = OK;
        if (element.endsWith("._count")) {
            return Integer.toString(
                    count(element.substring(0, element.length() - "._count".length())));
        }
        if (element.startsWith("adl.data.")
                && !bucket(element).readable()
                && element.endsWith(".store")) {
            error = WRITE_ONLY;
            return "";
        }
        var value = decided(element);
        if (value.isEmpty()) {
            error = NOT_INITIALIZED;
        }
        return value.orElse("");
    }

    private Optional<String> decided(String element) {
        return switch (element) {
            case "cmi.completion_status" ->
                    byThreshold("cmi.completion_threshold", "cmi.progress_measure")
                            .map(
                                    met ->
                                            met.isEmpty()
                                                    ? "unknown"
                                                    : met.get() ? "completed" : "incomplete")
                            .or(() -> stored(element));
            case "cmi.success_status" ->
                    byThreshold("cmi.scaled_passing_score", "cmi.score.scaled")
                            .map(met -> met.isEmpty() ? "unknown" : met.get() ? "passed" : "failed")
                            .or(() -> stored(element));
            default -> stored(element);
        };
    }

    private Optional<Optional<Boolean>> byThreshold(String threshold, String measure) {
        if (!elements.containsKey(threshold)) {
            return Optional.empty();
        }
        var known = number(elements.get(measure));
        return Optional.of(
                known.isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                                known.getAsDouble()
                                        >= Double.parseDouble(elements.get(threshold))));
    }

    private Optional<String> stored(String element) {
        var last = element.substring(element.lastIndexOf('.') + 1);
        return Optional.ofNullable(elements.get(element))
                .or(() -> Optional.ofNullable(DEFAULTS.get(last)));
    }

    private SharedData bucket(String element) {
        return buckets.get(Integer.parseInt(element.split("\\.")[2]));
    }

    boolean set(String element, String value) {
        error = OK;
        if (element.startsWith("cmi.objectives.") && element.endsWith(".id")) {
            var before = elements.get(element);
            var taken = before == null ? ids().contains(value) : !before.equals(value);
            if (taken) {
                error = GENERAL_SET_FAILURE;
                return false;
            }
        }
        if (element.startsWith("adl.data.") && !bucket(element).writable()) {
            error = READ_ONLY;
            return false;
        }
        elements.put(element, value);
        setByContent.put(element, value);
        return true;
    }

    List<String> ids() {
        var ids = new java.util.ArrayList<String>();
        for (int i = 0; i < count("cmi.objectives"); i++) {
            ids.add(elements.get("cmi.objectives." + i + ".id"));
        }
        return ids;
    }

    Optional<String> navigationRequest() {
        return Optional.ofNullable(elements.get("adl.nav.request"))
                .filter(request -> !request.equals("_none_"));
    }

    boolean suspends() {
        return "suspend".equals(elements.get("cmi.exit"));
    }

    RunTimeData report() {
        var objectives = new LinkedHashMap<String, Report>();
        var ids = ids();
        for (int i = 0; i < ids.size(); i++) {
            objectives.put(ids.get(i), report("cmi.objectives." + i + "."));
        }
        var shared = new LinkedHashMap<String, String>();
        for (int i = 0; i < buckets.size(); i++) {
            var stored = setByContent.get("adl.data." + i + ".store");
            if (stored != null) {
                shared.put(buckets.get(i).target(), stored);
            }
        }
        return new RunTimeData(report("cmi."), objectives, suspends(), seconds(), shared);
    }

    private Report report(String prefix) {
        return new Report(
                Optional.ofNullable(setByContent.get(prefix + "completion_status")),
                Optional.ofNullable(setByContent.get(prefix + "success_status")),
                number(setByContent.get(prefix + "progress_measure")),
                new Score(
                        number(setByContent.get(prefix + "score.scaled")),
                        number(setByContent.get(prefix + "score.raw")),
                        number(setByContent.get(prefix + "score.min")),
                        number(setByContent.get(prefix + "score.max"))));
    }

    private double seconds() {
        var time = setByContent.get("cmi.session_time");
        return time == null ? 0 : IsoDuration.parse(time).length().toMillis() / 1000.0;
    }

    private static OptionalDouble number(String text) {
        return text == null
                ? OptionalDouble.empty()
                : OptionalDouble.of(new BigDecimal(text).doubleValue());
    }

    /// Adds this session's time to the total, as the end of a session does.
    void endSession() {
        var session = setByContent.get("cmi.session_time");
        if (session != null) {
            var total = IsoDuration.parse(elements.getOrDefault("cmi.total_time", "PT0S")).length();
            elements.put(
                    "cmi.total_time", total.plus(IsoDuration.parse(session).length()).toString());
        }
    }
}
