package io.coursewire.packages.aicc;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The `.crs` file: groups of `name=value` lines.
final class CourseSettings {
    private final Map<String, String> values = new HashMap<>();

    static CourseSettings parse(String text) {
        var settings = new CourseSettings();
        var group = "";
        for (var line : text.lines().map(String::strip).toList()) {
            int equals = line.indexOf('=');
            if (line.startsWith("[") && line.endsWith("]")) {
                group = line.substring(1, line.length() - 1).strip();
            } else if (equals > 0 && !line.startsWith(";")) {
                settings.values.putIfAbsent(
                        key(group, line.substring(0, equals)), line.substring(equals + 1).strip());
            }
        }
        return settings;
    }

    private static String key(String group, String name) {
        return (group + "/" + name.strip()).toLowerCase(Locale.ROOT);
    }

    Optional<String> get(String group, String name) {
        return Optional.ofNullable(values.get(key(group, name))).filter(value -> !value.isEmpty());
    }
}
