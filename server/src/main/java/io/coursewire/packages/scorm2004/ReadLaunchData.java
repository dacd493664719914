package io.coursewire.packages.scorm2004;

import io.coursewire.packages.Titles;
import io.coursewire.packages.scorm2004.LaunchData.SharedData;
import io.coursewire.packages.xml.XmlElement;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Reads what `adlcp` elements give an item's run-time data.
final class ReadLaunchData {
    private static final int DATA_CHARS_MAX = 64_000;
    private static final Set<String> ACTIONS =
            Set.of("exit,message", "exit,no message", "continue,message", "continue,no message");

    private final Values values;

    ReadLaunchData(Values values) {
        this.values = values;
    }

    LaunchData read(XmlElement item) {
        return new LaunchData(
                item.first("dataFromLMS").map(this::data).orElse(""),
                timeLimitAction(item),
                shared(item));
    }

    private String data(XmlElement element) {
        if (element.text().length() <= DATA_CHARS_MAX) {
            return element.text();
        }
        values.warn("too-long", "the text was cut to " + DATA_CHARS_MAX + " characters", element);
        return Titles.head(element.text(), DATA_CHARS_MAX);
    }

    private Optional<String> timeLimitAction(XmlElement item) {
        var element = item.first("timeLimitAction").filter(found -> !found.text().isEmpty());
        var action =
                element.map(
                        found ->
                                found.text()
                                        .toLowerCase(Locale.ROOT)
                                        .replaceAll("\\s*,\\s*", ",")
                                        .replaceAll("\\s+", " "));
        if (action.isPresent() && !ACTIONS.contains(action.get())) {
            values.warn(
                    "bad-value",
                    "timeLimitAction \"" + action.get() + "\" is left out",
                    element.get());
            return Optional.empty();
        }
        return action;
    }

    private List<SharedData> shared(XmlElement item) {
        return item.first("data").stream()
                .flatMap(data -> data.all("map"))
                .filter(map -> map.attribute("targetID").isPresent())
                .map(
                        map ->
                                new SharedData(
                                        map.attribute("targetID").orElseThrow(),
                                        values.flag(map, "readSharedData", true),
                                        values.flag(map, "writeSharedData", true)))
                .toList();
    }

    CompletionThreshold completionThreshold(XmlElement item) {
        return item.first("completionThreshold")
                .map(this::threshold)
                .orElse(CompletionThreshold.NONE);
    }

    private CompletionThreshold threshold(XmlElement element) {
        if (!element.text().isEmpty()) {
            return new CompletionThreshold(
                    true, values.number(Optional.of(element.text()), Range.UNIT, 1, element), 1);
        }
        return new CompletionThreshold(
                values.flag(element, "completedByMeasure", false),
                values.number(element.attribute("minProgressMeasure"), Range.UNIT, 1, element),
                values.number(element.attribute("progressWeight"), Range.UNIT, 1, element));
    }
}
