package io.coursewire.runtime.aicc;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// `aicc_data` in groups, `[Core]` and so on. Only the names of AICC begin a group: other brackets are content's own.
final class AiccData {
    private static final Set<String> GROUPS =
            Set.of(
                    "core",
                    "core_lesson",
                    "core_vendor",
                    "comments",
                    "evaluation",
                    "objectives_status",
                    "student_data",
                    "student_demographics",
                    "student_preferences");
    private static final Pattern HEADING =
            Pattern.compile(
                    "^[ \\t]*\\[[ \\t]*([A-Za-z_]+)[ \\t]*][ \\t]*(\\r\\n|\\n|\\r|\\z)",
                    Pattern.MULTILINE);
    private static final Pattern LAST_BREAK = Pattern.compile("(\\r\\n|\\n|\\r)\\z");

    private final Map<String, String> groups = new HashMap<>();

    /// Lines before any heading are taken as the core's.
    static AiccData parse(String text) {
        var data = new AiccData();
        var heading = HEADING.matcher(text);
        var group = "core";
        int start = 0;
        while (heading.find()) {
            var name = heading.group(1).toLowerCase(Locale.ROOT);
            if (GROUPS.contains(name)) {
                data.add(group, text.substring(start, heading.start()));
                group = name;
                start = heading.end();
            }
        }
        data.add(group, text.substring(start));
        return data;
    }

    private void add(String group, String text) {
        groups.putIfAbsent(group, text);
        if (groups.get(group).isBlank()) {
            groups.put(group, text);
        }
    }

    /// The group as it was written; the line break before the next heading is not part of it.
    Optional<String> text(String group) {
        return Optional.ofNullable(groups.get(group))
                .map(text -> LAST_BREAK.matcher(text).replaceFirst(""));
    }

    /// The `name=value` lines of the group, in order, names in lower case.
    Map<String, String> values(String group) {
        var values = new LinkedHashMap<String, String>();
        groups.getOrDefault(group, "")
                .lines()
                .filter(line -> !line.stripLeading().startsWith(";"))
                .forEach(
                        line -> {
                            int equals = line.indexOf('=');
                            if (equals > 0) {
                                values.put(
                                        line.substring(0, equals).strip().toLowerCase(Locale.ROOT),
                                        line.substring(equals + 1).strip());
                            }
                        });
        return values;
    }
}
