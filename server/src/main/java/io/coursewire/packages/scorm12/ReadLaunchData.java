package io.coursewire.packages.scorm12;

import io.coursewire.packages.LaunchValues;
import io.coursewire.packages.Scorm12.LaunchData;
import io.coursewire.packages.Titles;
import io.coursewire.packages.Warnings;
import io.coursewire.packages.xml.XmlElement;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Reads the `adlcp` elements of an item that its run-time data starts with.
final class ReadLaunchData {
    private static final int DATA_CHARS_MAX = 64_000;
    private static final Set<String> ACTIONS =
            Set.of("exit,message", "exit,no message", "continue,message", "continue,no message");

    private final Warnings warnings;

    ReadLaunchData(Warnings warnings) {
        this.warnings = warnings;
    }

    LaunchData read(XmlElement item) {
        return new LaunchData(
                value(item, "masteryscore").flatMap(this::masteryScore),
                value(item, "maxtimeallowed").flatMap(this::maxTimeAllowed),
                value(item, "timelimitaction").flatMap(this::timeLimitAction),
                value(item, "datafromlms").map(this::dataFromLms));
    }

    private static Optional<XmlElement> value(XmlElement item, String name) {
        return item.first(name).filter(element -> !element.text().isEmpty());
    }

    private Optional<BigDecimal> masteryScore(XmlElement element) {
        var score = LaunchValues.score(element.text());
        return score.isPresent() ? score : leftOut(element, "is not a score from 0 to 100");
    }

    private Optional<String> maxTimeAllowed(XmlElement element) {
        var time = LaunchValues.timespan(element.text());
        if (LaunchValues.isZero(element.text())) {
            return Optional.empty();
        }
        return time.isPresent()
                ? time
                : leftOut(element, "is not a time of the form HHHH:MM:SS.SS");
    }

    private Optional<String> timeLimitAction(XmlElement element) {
        var action =
                element.text()
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("\\s*,\\s*", ",")
                        .replaceAll("\\s+", " ");
        return ACTIONS.contains(action)
                ? Optional.of(action)
                : leftOut(
                        element,
                        "is none of " + String.join("; ", ACTIONS.stream().sorted().toList()));
    }

    private <T> Optional<T> leftOut(XmlElement element, String why) {
        warnings.add(
                "bad-value",
                "\"" + element.text() + "\" " + why + "; it was left out",
                element.place());
        return Optional.empty();
    }

    private String dataFromLms(XmlElement element) {
        if (element.text().length() <= DATA_CHARS_MAX) {
            return element.text();
        }
        warnings.add(
                "too-long",
                "the text was cut to " + DATA_CHARS_MAX + " characters",
                element.place());
        return Titles.head(element.text(), DATA_CHARS_MAX);
    }
}
