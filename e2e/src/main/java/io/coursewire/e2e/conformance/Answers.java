package io.coursewire.e2e.conformance;

import io.coursewire.kernel.Json;
import io.coursewire.packages.scorm2004.IsoDuration;
import io.coursewire.runtime.scorm2004.conformance.Difference;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Compares what a command returned with what a case expects, each by its kind of match.
final class Answers {
    private static final Pattern DELIMITER =
            Pattern.compile("^\\{(lang|case_matters|order_matters)=([^}]*)}");
    private static final Set<String> DEFAULTS =
            Set.of("{lang=en}", "{case_matters=false}", "{order_matters=true}");
    private static final int SHORT_CHARS = 255;

    private Answers() {}

    static void check(JsonNode command, String expected, List<String> answer, String where) {
        var value = answer.get(0);
        var error = answer.get(1);
        if (command.path("errorChecked").asBoolean(true) && command.has("error")) {
            var fits =
                    command.has("errorAnyOf")
                            ? command.get("errorAnyOf")
                                    .valueStream()
                                    .anyMatch(code -> code.asString().equals(error))
                            : command.get("error").asString().equals(error);
            if (!fits) {
                throw new Difference(where + " error", command.get("error").asString(), error);
            }
        }
        if (!same(command, expected, value)) {
            throw new Difference(where, expected, value);
        }
    }

    private static boolean same(JsonNode command, String expected, String value) {
        return switch (command.path("match").asString()) {
            case "any" -> true;
            case "shorterThan255" -> value.length() < SHORT_CHARS;
            case "trueFalseUnknown" -> Set.of("true", "false", "unknown").contains(value);
            case "set" -> ids(command).equals(ids(Json.MAPPER.readTree(value)));
            case "number" -> isNumber(value) && rounded(expected).equals(rounded(value));
            case "numberOrToken" ->
                    expected.equals(value)
                            || isNumber(expected)
                                    && isNumber(value)
                                    && rounded(expected).equals(rounded(value));
            case "duration" ->
                    !value.isEmpty()
                            && IsoDuration.parse(expected)
                                    .length()
                                    .equals(IsoDuration.parse(value).length());
            case "timestamp" -> expected.equals(value) || instant(expected).equals(instant(value));
            case "languageTag" -> language(expected).equals(language(value));
            default -> meant(expected).equals(meant(value));
        };
    }

    /// In the order of a list, since doubles count.
    private static List<String> ids(JsonNode node) {
        var ids = new ArrayList<String>();
        (node.isArray() ? node : node.path("returns")).forEach(id -> ids.add(id.asString()));
        ids.sort(null);
        return new HashSet<>(ids).size() == ids.size() ? ids : List.of("doubles");
    }

    private static boolean isNumber(String text) {
        return text.matches("[+-]?\\d+(\\.\\d*)?");
    }

    private static BigDecimal rounded(String text) {
        return new BigDecimal(text).setScale(6, RoundingMode.HALF_UP);
    }

    private static Instant instant(String text) {
        var full =
                switch (text.length()) {
                    case 4 -> text + "-01-01T00:00:00";
                    case 7 -> text + "-01T00:00:00";
                    case 10 -> text + "T00:00:00";
                    case 13 -> text + ":00:00";
                    case 16 -> text + ":00";
                    default -> text;
                };
        try {
            var zoned = full.matches(".*T.*(Z|[+-]\\d{2}(:\\d{2})?)");
            return (zoned
                            ? OffsetDateTime.parse(full).toInstant()
                            : LocalDateTime.parse(full).toInstant(ZoneOffset.UTC))
                    .truncatedTo(ChronoUnit.SECONDS);
        } catch (java.time.DateTimeException e) {
            return Instant.MIN;
        }
    }

    private static String language(String tag) {
        var primary = tag.split("-", 2)[0];
        return primary.equals("eng") ? "en" : primary;
    }

    /// Delimiters that say what goes without saying count as missing, and their order among themselves is
    /// free.
    private static String meant(String response) {
        var said = new ArrayList<String>();
        var rest = response;
        for (var found = DELIMITER.matcher(rest); found.find(); found = DELIMITER.matcher(rest)) {
            if (!DEFAULTS.contains(found.group())) {
                said.add(found.group());
            }
            rest = rest.substring(found.end());
        }
        said.sort(null);
        return String.join("", said) + rest;
    }
}
