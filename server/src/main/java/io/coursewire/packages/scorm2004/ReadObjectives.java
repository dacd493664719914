package io.coursewire.packages.scorm2004;

import io.coursewire.packages.scorm2004.SequencingCollections.Parts;
import io.coursewire.packages.xml.XmlElement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads `imsss:objectives`, with the maps of `adlseq:objectives` merged into the objectives of the same id.
final class ReadObjectives {
    private final Parts parts;
    private final Values values;
    private final Map<String, List<XmlElement>> extensions = new HashMap<>();

    private ReadObjectives(Parts parts, Values values) {
        this.parts = parts;
        this.values = values;
        parts.all(Parts.EXTENDED_OBJECTIVES, "objective")
                .forEach(
                        extension ->
                                extensions
                                        .computeIfAbsent(
                                                extension.attribute("objectiveID").orElse(""),
                                                _ -> new ArrayList<>())
                                        .addAll(extension.all("mapInfo").toList()));
    }

    /// The primary objective first, one per id.
    static List<Objective> read(Parts parts, Values values) {
        return new ReadObjectives(parts, values).read();
    }

    private List<Objective> read() {
        var found = new ArrayList<Objective>();
        var seen = new HashSet<String>();
        found.add(
                parts.all("objectives", "primaryObjective")
                        .findFirst()
                        .map(element -> objective(element, true))
                        .orElse(Objective.PRIMARY));
        seen.add(found.getFirst().identifier());
        parts.all("objectives", "objective")
                .forEach(
                        element -> {
                            var objective = objective(element, false);
                            if (objective.identifier().isEmpty()) {
                                values.warn(
                                        "no-identifier",
                                        "an objective without objectiveID is left out",
                                        element);
                            } else if (seen.add(objective.identifier())) {
                                found.add(objective);
                            } else {
                                values.warn(
                                        "duplicate-identifier",
                                        "a second \"" + objective.identifier() + "\" is left out",
                                        element);
                            }
                        });
        parts.all(Parts.EXTENDED_OBJECTIVES, "objective")
                .filter(extension -> !seen.contains(extension.attribute("objectiveID").orElse("")))
                .forEach(
                        extension ->
                                values.warn(
                                        "dangling-reference",
                                        "it extends no objective",
                                        extension));
        return found;
    }

    private Objective objective(XmlElement element, boolean primary) {
        var identifier = element.attribute("objectiveID").orElse("");
        return new Objective(
                identifier,
                primary,
                values.flag(element, "satisfiedByMeasure", false),
                values.number(element.text("minNormalizedMeasure"), Range.MEASURE, 1, element),
                maps(element, extensions.getOrDefault(identifier, List.of())));
    }

    private List<ObjectiveMap> maps(XmlElement objective, List<XmlElement> fourthEdition) {
        var maps = new LinkedHashMap<String, ObjectiveMap>();
        objective.all("mapInfo").forEach(map -> merge(maps, map(map, false)));
        fourthEdition.forEach(map -> merge(maps, map(map, true)));
        maps.remove("");
        warnOfSecondReads(maps.values(), objective);
        return List.copyOf(maps.values());
    }

    private static void merge(Map<String, ObjectiveMap> maps, ObjectiveMap map) {
        maps.merge(map.targetObjective(), map, ObjectiveMap::and);
    }

    private ObjectiveMap map(XmlElement element, boolean fourthEdition) {
        var target = element.attribute("targetObjectiveID");
        if (target.isEmpty()) {
            values.warn(
                    "no-identifier", "a mapInfo without targetObjectiveID is left out", element);
        }
        var reads = EnumSet.noneOf(ObjectiveValue.class);
        var writes = EnumSet.noneOf(ObjectiveValue.class);
        for (var value : ObjectiveValue.values()) {
            // A map of one namespace says nothing of the other's values, unless it does so openly.
            if (values.flag(
                    element, value.readAttribute(), value.fourthEdition() == fourthEdition)) {
                reads.add(value);
            }
            if (values.flag(element, value.writeAttribute(), false)) {
                writes.add(value);
            }
        }
        return new ObjectiveMap(target.orElse(""), reads, writes);
    }

    private void warnOfSecondReads(Iterable<ObjectiveMap> maps, XmlElement objective) {
        var read = EnumSet.noneOf(ObjectiveValue.class);
        for (var map : maps) {
            for (var value : map.reads()) {
                if (!read.add(value)) {
                    values.warn(
                            "second-read-map",
                            value.readAttribute() + " is on two maps; the first is read",
                            objective);
                }
            }
        }
    }
}
