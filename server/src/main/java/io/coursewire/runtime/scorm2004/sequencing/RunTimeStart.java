package io.coursewire.runtime.scorm2004.sequencing;

import io.coursewire.packages.scorm2004.Item;
import io.coursewire.packages.scorm2004.LaunchData.SharedData;
import io.coursewire.packages.scorm2004.ObjectiveValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a SCO's run-time data begins with at delivery, from the manifest and the tracking information (RTE 4.2).
///
/// @param elements data model elements by full name, in the order in which a data model can be given them
/// @param sharedData the buckets of `adl.data`, which elements cannot express: who may read and write them
public record RunTimeStart(Map<String, String> elements, List<SharedData> sharedData) {
    private static final String OBJECTIVES = "cmi.objectives.";

    public RunTimeStart {
        elements = Collections.unmodifiableMap(new LinkedHashMap<>(elements));
        sharedData = List.copyOf(sharedData);
    }

    /// The beginning for an activity that has just been delivered.
    public static RunTimeStart of(
            ActivityTree tree, TrackingState state, Decision.Deliver delivery) {
        var work = WorkspaceForm.open(tree, state, Trace.none(tree));
        var activity =
                tree.number(delivery.activity())
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "no activity " + delivery.activity()));
        var item = tree.item(activity);
        var elements = new LinkedHashMap<String, String>();
        elements.put("cmi.credit", "credit");
        elements.put("cmi.mode", "normal");
        elements.put("cmi.entry", delivery.resumed() ? "resume" : "ab-initio");
        putDefinitions(elements, item);
        putObjectives(elements, new Tracking(work), tree.objectives(activity));
        putSharedData(elements, item, state.shared().data());
        return new RunTimeStart(elements, item.content().launchData().sharedData());
    }

    /// The same for a SCO that goes on with the data of its suspended attempt. Its objectives keep their places, and what was
    /// tracked meanwhile is put there; `cmi.exit` and the navigation request begin anew.
    ///
    /// @param kept the SCO's elements as they were left
    public RunTimeStart resuming(Map<String, String> kept) {
        var all = new LinkedHashMap<>(kept);
        all.keySet().removeAll(List.of("cmi.exit", "adl.nav.request"));
        var ids = objectiveIds(kept);
        elements.forEach((element, value) -> all.put(placed(element, ids), value));
        return new RunTimeStart(all, sharedData);
    }

    private static List<String> objectiveIds(Map<String, String> elements) {
        var ids = new ArrayList<String>();
        while (elements.containsKey(OBJECTIVES + ids.size() + ".id")) {
            ids.add(elements.get(OBJECTIVES + ids.size() + ".id"));
        }
        return ids;
    }

    private String placed(String element, List<String> kept) {
        if (!element.startsWith(OBJECTIVES)) {
            return element;
        }
        var rest = element.substring(OBJECTIVES.length());
        var number = rest.substring(0, rest.indexOf('.'));
        var id = elements.get(OBJECTIVES + number + ".id");
        if (!kept.contains(id)) {
            kept.add(id);
        }
        return OBJECTIVES + kept.indexOf(id) + rest.substring(rest.indexOf('.'));
    }

    private static void putDefinitions(Map<String, String> elements, Item item) {
        var content = item.content();
        var primary = item.sequencing().objectives().getFirst();
        if (content.completion().completedByMeasure()) {
            elements.put(
                    "cmi.completion_threshold", plain(content.completion().minProgressMeasure()));
        }
        if (primary.satisfiedByMeasure()) {
            elements.put("cmi.scaled_passing_score", plain(primary.minNormalizedMeasure()));
        }
        if (!content.launchData().dataFromLMS().isEmpty()) {
            elements.put("cmi.launch_data", content.launchData().dataFromLMS());
        }
        elements.put(
                "cmi.time_limit_action",
                content.launchData().timeLimitAction().orElse("continue,no message"));
        item.sequencing()
                .delivery()
                .limits()
                .attemptAbsoluteDurationLimit()
                .ifPresent(limit -> elements.put("cmi.max_time_allowed", limit.text()));
    }

    /// RTE 4.2.17: every objective with an id, with what is known of it, maps read.
    private static void putObjectives(
            Map<String, String> elements, Tracking tracking, ObjectiveSlot[] objectives) {
        var index = 0;
        for (var slot : objectives) {
            if (!slot.definition.identifier().isEmpty()) {
                var prefix = OBJECTIVES + index++ + ".";
                elements.put(prefix + "id", slot.definition.identifier());
                word(tracking.reportedSatisfied(slot), "passed", "failed")
                        .ifPresent(word -> elements.put(prefix + "success_status", word));
                word(tracking.reportedCompleted(slot), "completed", "incomplete")
                        .ifPresent(word -> elements.put(prefix + "completion_status", word));
                putNumber(
                        elements,
                        prefix + "score.scaled",
                        tracking.reported(slot, ObjectiveValue.NORMALIZED_MEASURE));
                putNumber(
                        elements,
                        prefix + "score.raw",
                        tracking.reported(slot, ObjectiveValue.RAW_SCORE));
                putNumber(
                        elements,
                        prefix + "score.min",
                        tracking.reported(slot, ObjectiveValue.MIN_SCORE));
                putNumber(
                        elements,
                        prefix + "score.max",
                        tracking.reported(slot, ObjectiveValue.MAX_SCORE));
                putNumber(
                        elements,
                        prefix + "progress_measure",
                        tracking.reported(slot, ObjectiveValue.PROGRESS_MEASURE));
            }
        }
    }

    private static Optional<String> word(Truth truth, String positive, String negative) {
        return switch (truth) {
            case TRUE -> Optional.of(positive);
            case FALSE -> Optional.of(negative);
            case UNKNOWN -> Optional.empty();
        };
    }

    private static void putNumber(Map<String, String> elements, String element, double number) {
        if (!Double.isNaN(number)) {
            elements.put(element, plain(number));
        }
    }

    private static void putSharedData(
            Map<String, String> elements, Item item, Map<String, String> stored) {
        var index = 0;
        for (var map : item.content().launchData().sharedData()) {
            var prefix = "adl.data." + index++ + ".";
            elements.put(prefix + "id", map.target());
            if (stored.containsKey(map.target())) {
                elements.put(prefix + "store", stored.get(map.target()));
            }
        }
    }

    private static String plain(double number) {
        var decimal = BigDecimal.valueOf(number).stripTrailingZeros();
        return decimal.signum() == 0 ? "0" : decimal.toPlainString();
    }
}
