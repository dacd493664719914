package io.coursewire.runtime.scorm2004.conformance;

import io.coursewire.packages.scorm2004.IsoDuration;
import io.coursewire.packages.scorm2004.LaunchData.SharedData;
import io.coursewire.runtime.scorm2004.sequencing.NavigationRequest;
import io.coursewire.runtime.scorm2004.sequencing.ReadRunTimeData;
import io.coursewire.runtime.scorm2004.sequencing.RunTimeData;
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
    private final Map<String, String> begun;
    private final List<SharedData> buckets;
    private int error;

    ScoData(RunTimeStart start) {
        begun = start.elements();
        elements.putAll(begun);
        buckets = start.sharedData();
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
        error = SharedBuckets.errorOfReading(element, buckets);
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
        error = SharedBuckets.errorOfWriting(element, buckets);
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
        return ReadRunTimeData.read(setByContent, begun, buckets);
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
