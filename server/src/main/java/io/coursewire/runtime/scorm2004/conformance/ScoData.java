package io.coursewire.runtime.scorm2004.conformance;

import io.coursewire.packages.scorm2004.IsoDuration;
import io.coursewire.runtime.scorm2004.sequencing.NavigationRequest;
import io.coursewire.runtime.scorm2004.sequencing.RunTimeData;
import io.coursewire.runtime.scorm2004.sequencing.RunTimeData.Report;
import io.coursewire.runtime.scorm2004.sequencing.RunTimeData.Score;
import io.coursewire.runtime.scorm2004.sequencing.RunTimeStart;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// Stands in for the browser's SCO data model, as far as the engine gives and takes of it: no validation of types, no interactions
/// or comments.
final class ScoData {
    private static final int OK = 0;
    private static final int SET_FAILURE = 351;
    private static final int NOT_INITIALIZED = 403;
    private static final Map<String, String> DEFAULTS =
            Map.of(
                    "completion_status", "unknown",
                    "success_status", "unknown",
                    "total_time", "PT0H0M0S");

    private final Map<String, String> elements = new LinkedHashMap<>();
    private final Map<String, String> setByContent = new LinkedHashMap<>();
    private final SharedBuckets buckets;
    private int error;

    /// @param suspended what the SCO had when its attempt was suspended, empty for a new one
    ScoData(RunTimeStart start, Map<String, String> suspended) {
        elements.putAll(suspended);
        elements.keySet().removeAll(List.of("cmi.exit", "adl.nav.request"));
        var kept = ids();
        start.elements()
                .forEach((element, value) -> elements.put(place(element, start, kept), value));
        buckets = new SharedBuckets(start.sharedData());
    }

    /// A resumed SCO keeps the places of its objectives; what was tracked meanwhile goes there.
    private static String place(String element, RunTimeStart start, List<String> kept) {
        var parts = element.split("\\.", 4);
        if (!element.startsWith("cmi.objectives.") || kept.isEmpty()) {
            return element;
        }
        var id = start.elements().get("cmi.objectives." + parts[2] + ".id");
        return kept.contains(id) ? "cmi.objectives." + kept.indexOf(id) + "." + parts[3] : element;
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

    List<String> ids() {
        var ids = new ArrayList<String>();
        for (int i = 0; i < count("cmi.objectives"); i++) {
            ids.add(elements.get("cmi.objectives." + i + ".id"));
        }
        return ids;
    }

    String get(String element) {
        error = SharedBuckets.owns(element) ? buckets.errorOfReading(element) : OK;
        if (error != OK) {
            return "";
        }
        var value = value(element);
        if (value.isEmpty()) {
            error = NOT_INITIALIZED;
        }
        return value.orElse("");
    }

    private Optional<String> value(String element) {
        if (element.endsWith("._count")) {
            return Optional.of(
                    Integer.toString(count(element.substring(0, element.lastIndexOf('.')))));
        }
        return switch (element) {
            case "adl.data._children" -> Optional.of("id,store");
            case "cmi.completion_status" ->
                    judged(
                                    "cmi.completion_threshold",
                                    "cmi.progress_measure",
                                    "completed",
                                    "incomplete")
                            .or(() -> stored(element));
            case "cmi.success_status" ->
                    judged("cmi.scaled_passing_score", "cmi.score.scaled", "passed", "failed")
                            .or(() -> stored(element));
            default -> stored(element);
        };
    }

    /// With a threshold, the measure alone decides.
    private Optional<String> judged(String threshold, String measure, String met, String missed) {
        var limit = number(elements.get(threshold));
        if (limit.isEmpty()) {
            return Optional.empty();
        }
        var known = number(elements.get(measure));
        if (known.isEmpty()) {
            return Optional.of("unknown");
        }
        return Optional.of(known.getAsDouble() >= limit.getAsDouble() ? met : missed);
    }

    private Optional<String> stored(String element) {
        var last = element.substring(element.lastIndexOf('.') + 1);
        return Optional.ofNullable(elements.get(element))
                .or(() -> Optional.ofNullable(DEFAULTS.get(last)));
    }

    boolean set(String element, String value) {
        error = SharedBuckets.owns(element) ? buckets.errorOfWriting(element) : OK;
        if (element.startsWith("cmi.objectives.")
                && element.endsWith(".id")
                && isTaken(element, value)) {
            error = SET_FAILURE;
        }
        if (error == OK) {
            elements.put(element, value);
            setByContent.put(element, value);
        }
        return error == OK;
    }

    private boolean isTaken(String element, String id) {
        var before = elements.get(element);
        return before == null ? ids().contains(id) : !before.equals(id);
    }

    Optional<NavigationRequest> navigationRequest() {
        return NavigationRequest.fromContent(
                elements.getOrDefault("adl.nav.request", "_none_"),
                elements.getOrDefault("cmi.exit", ""));
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
        return new RunTimeData(
                report("cmi."), objectives, suspends(), seconds(), buckets.written(setByContent));
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
