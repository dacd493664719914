package io.coursewire.packages.scorm2004;

import io.coursewire.packages.scorm2004.Randomization.Timing;
import io.coursewire.packages.xml.XmlElement;
import java.time.format.DateTimeParseException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads one `imsss:sequencing` whose references are resolved.
final class ReadSequencing {
    // Authoring tools write 00:00:00 where they mean no limit.
    private static final Pattern ZERO = Pattern.compile("[0:.]+");

    private final SequencingCollections.Parts parts;
    private final Values values;

    private ReadSequencing(SequencingCollections.Parts parts, Values values) {
        this.parts = parts;
        this.values = values;
    }

    static Sequencing read(SequencingCollections.Parts parts, Values values) {
        return parts.byName().isEmpty()
                ? Sequencing.DEFAULT
                : new ReadSequencing(parts, values).read();
    }

    private Sequencing read() {
        var objectives = ReadObjectives.read(parts, values);
        return new Sequencing(
                controls(),
                ReadRules.read(parts, objectives, values),
                ReadRollup.read(parts, values),
                objectives,
                delivery());
    }

    private Set<ControlMode> controls() {
        var controls = EnumSet.copyOf(ControlMode.DEFAULT);
        for (var name : new String[] {"controlMode", "constrainedChoiceConsiderations"}) {
            parts.get(name)
                    .ifPresent(
                            element -> {
                                for (var mode : ControlMode.values()) {
                                    var on =
                                            values.flag(
                                                    element,
                                                    mode.attribute(),
                                                    controls.contains(mode));
                                    if (on) {
                                        controls.add(mode);
                                    } else {
                                        controls.remove(mode);
                                    }
                                }
                            });
        }
        return controls;
    }

    private DeliveryControls delivery() {
        var controls = parts.get("deliveryControls");
        return new DeliveryControls(
                controls.map(element -> values.flag(element, "tracked", true)).orElse(true),
                controls.map(element -> values.flag(element, "completionSetByContent", false))
                        .orElse(false),
                controls.map(element -> values.flag(element, "objectiveSetByContent", false))
                        .orElse(false),
                parts.get("limitConditions").map(this::limits).orElse(LimitConditions.NONE),
                parts.get("randomizationControls")
                        .map(this::randomization)
                        .orElse(Randomization.NONE));
    }

    private LimitConditions limits(XmlElement element) {
        return new LimitConditions(
                values.count(element, "attemptLimit"),
                element.attribute("attemptAbsoluteDurationLimit")
                        .flatMap(text -> duration(text, element)));
    }

    private Optional<IsoDuration> duration(String text, XmlElement element) {
        if (ZERO.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(IsoDuration.parse(text))
                    .filter(found -> found.length().isPositive());
        } catch (DateTimeParseException _) {
            values.warn(
                    "bad-value",
                    "attemptAbsoluteDurationLimit \"" + text + "\" is left out",
                    element);
            return Optional.empty();
        }
    }

    private Randomization randomization(XmlElement element) {
        return new Randomization(
                values.word(
                        element, "selectionTiming", Timing.values(), Timing::word, Timing.NEVER),
                values.count(element, "selectCount"),
                values.word(
                        element,
                        "randomizationTiming",
                        Timing.values(),
                        Timing::word,
                        Timing.NEVER),
                values.flag(element, "reorderChildren", false));
    }
}
