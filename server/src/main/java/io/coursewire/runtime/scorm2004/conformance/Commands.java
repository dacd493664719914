package io.coursewire.runtime.scorm2004.conformance;

import io.coursewire.packages.scorm2004.IsoDuration;
import io.coursewire.runtime.scorm2004.sequencing.NavigationState;
import io.coursewire.runtime.scorm2004.sequencing.RunTimeData;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Runs the commands of a visit on the stand-in data model and compares what they return.
final class Commands {
    private static final Pattern TARGET =
            Pattern.compile("adl\\.nav\\.request_valid\\.(choice|jump)\\.\\{target=(.*)}");

    private final ConformanceCase wanted;
    private final Visit visit;
    private final ScoData data;
    private final Function<RunTimeData, NavigationState> navigation;

    Commands(
            ConformanceCase wanted,
            Visit visit,
            ScoData data,
            Function<RunTimeData, NavigationState> navigation) {
        this.wanted = wanted;
        this.visit = visit;
        this.data = data;
        this.navigation = navigation;
    }

    void run() {
        var number = 0;
        for (var command : visit.commands()) {
            run(command, visit.label() + " command " + ++number);
        }
    }

    private void run(JsonNode command, String where) {
        switch (command.path("call").asString()) {
            case "GetObjectiveIds" -> checkIds(command, where);
            case "SetValue" -> {
                var element = element(command, where);
                var done = data.set(element, wanted.text(command.path("value")));
                Difference.check(
                        where + " " + element,
                        command.path("returns").asString(),
                        Boolean.toString(done));
                checkError(command, where + " " + element);
            }
            case "GetValue" -> {
                var element = element(command, where);
                var value =
                        element.startsWith("adl.nav.request_valid.")
                                ? valid(element)
                                : data.get(element);
                checkValue(command, value, where + " " + element);
                checkError(command, where + " " + element);
            }
            default -> {
                // Initialize, Terminate, Commit and error calls: the engine has no part in them.
            }
        }
    }

    private void checkIds(JsonNode command, String where) {
        var expected = new HashSet<String>();
        command.path("returns").forEach(id -> expected.add(id.asString()));
        Difference.check(where, expected, new HashSet<>(data.ids()));
        Difference.check(where + " count", expected.size(), data.ids().size());
    }

    private String element(JsonNode command, String where) {
        var element = command.path("element").asString();
        if (!element.contains("{n}")) {
            return element;
        }
        var collection = command.path("n").path("collection").asString();
        var id = command.path("n").path("id").asString();
        for (int i = 0; i < data.count(collection); i++) {
            if (id.equals(data.get(collection + "." + i + ".id"))) {
                return element.replace("{n}", Integer.toString(i));
            }
        }
        throw new Difference(where, id + " in " + collection, "none");
    }

    private String valid(String element) {
        data.get("cmi.mode");
        var requests = navigation.apply(data.report()).valid();
        var target = TARGET.matcher(element);
        if (target.matches()) {
            var targets = target.group(1).equals("choice") ? requests.choice() : requests.jump();
            return Boolean.toString(targets.contains(target.group(2)));
        }
        return switch (element) {
            case "adl.nav.request_valid.continue" -> Boolean.toString(requests.continues());
            case "adl.nav.request_valid.previous" -> Boolean.toString(requests.previous());
            default -> "unknown";
        };
    }

    private void checkError(JsonNode command, String where) {
        if (command.has("error")) {
            Difference.check(
                    where + " error",
                    command.get("error").asString(),
                    Integer.toString(data.error()));
        }
    }

    private void checkValue(JsonNode command, String value, String where) {
        // {"learner": ...} stands for what the server knows of its own learner.
        var returns = command.path("returns");
        var expected = returns.has("learner") ? value : wanted.text(returns);
        var same =
                switch (command.path("match").asString()) {
                    case "any", "trueFalseUnknown", "shorterThan255" -> true;
                    case "number" ->
                            number(value) && rounded(expected).compareTo(rounded(value)) == 0;
                    case "numberOrToken" ->
                            expected.equals(value)
                                    || number(expected)
                                            && number(value)
                                            && rounded(expected).compareTo(rounded(value)) == 0;
                    case "duration" -> !value.isEmpty() && length(expected).equals(length(value));
                    default -> expected.equals(value);
                };
        if (!same) {
            throw new Difference(where, expected, value);
        }
    }

    private static Duration length(String text) {
        return IsoDuration.parse(text).length();
    }

    private static boolean number(String text) {
        return text.matches("[+-]?\\d+(\\.\\d*)?");
    }

    private static BigDecimal rounded(String text) {
        return new BigDecimal(text).setScale(6, java.math.RoundingMode.HALF_UP);
    }
}
