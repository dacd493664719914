package io.coursewire.packages.scorm12;

import io.coursewire.packages.Scorm12.LaunchData;
import io.coursewire.packages.Warnings;
import io.coursewire.packages.xml.XmlElement;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads the `adlcp` elements of an item that its run-time data starts with.
final class ReadLaunchData {
    private static final int DATA_CHARS_MAX = 64_000;
    private static final BigDecimal MASTERY_MAX = BigDecimal.valueOf(100);
    private static final int NUMBER_CHARS_MAX = 20;
    private static final Pattern TIMESPAN = Pattern.compile("\\d{2,4}:\\d{2}:\\d{2}(\\.\\d{1,2})?");
    private static final Pattern ZERO = Pattern.compile("[0:.]+");
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
        try {
            var text = element.text().replace(',', '.').replace("%", "").strip();
            if (text.length() <= NUMBER_CHARS_MAX) {
                var score = new BigDecimal(text);
                if (score.signum() >= 0 && score.compareTo(MASTERY_MAX) <= 0) {
                    return Optional.of(score);
                }
            }
        } catch (NumberFormatException _) {
            // Left out below.
        }
        return leftOut(element, "is not a score from 0 to 100");
    }

    private Optional<String> maxTimeAllowed(XmlElement element) {
        if (ZERO.matcher(element.text()).matches()) {
            return Optional.empty();
        }
        return TIMESPAN.matcher(element.text()).matches()
                ? Optional.of(element.text())
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
        return element.text().substring(0, DATA_CHARS_MAX);
    }
}
