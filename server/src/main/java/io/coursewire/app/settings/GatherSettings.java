package io.coursewire.app.settings;

import io.coursewire.kernel.InputErrors;
import io.coursewire.kernel.Nearest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Finds each setting's text: flag before environment before file. What has no such name is refused, as a
/// misspelt setting would else be a default that nobody chose.
final class GatherSettings {
    static final String FILE = "coursewire.properties";
    static final long FILE_BYTES_MAX = 64 * 1024;

    /// Of other commands and of the script.
    private static final Set<String> OTHER_VARIABLES =
            Set.of(
                    "COURSEWIRE_SERVER",
                    "COURSEWIRE_KEY",
                    "COURSEWIRE_WEBHOOK_SECRET",
                    "COURSEWIRE_JAVA_OPTS",
                    "COURSEWIRE_CHROMIUM");

    /// What Kubernetes sets in the pods beside a Service whose name begins with ours.
    private static final Pattern OF_KUBERNETES =
            Pattern.compile(
                    "COURSEWIRE_(\\w+_)?(SERVICE_HOST|SERVICE_PORT(_\\w+)?|PORT_\\d+_(TCP|UDP|SCTP)(_\\w+)?)=.*|\\w+_PORT=tcp://.*");

    /// @param source how to name where it came from, such as `--port` or `COURSEWIRE_PORT`
    record Given(String text, String source) {}

    private final InputErrors errors = new InputErrors();
    private final Map<Setting, Given> found = new EnumMap<>(Setting.class);

    private GatherSettings() {}

    /// Throws InvalidInput naming every unknown name, and every secret that was given as a flag.
    static Map<Setting, Given> from(
            Map<Setting, String> flags, Map<String, String> environment, Path folder) {
        var gather = new GatherSettings();
        gather.file(folder.resolve(FILE));
        gather.environment(environment);
        gather.flags(flags);
        gather.errors.check();
        return gather.found;
    }

    /// Where it was found, by names alone: values may be secrets.
    static String told(Map<Setting, Given> found, Path folder) {
        var file = folder.resolve(FILE).toAbsolutePath();
        return "%s; %s %s"
                .formatted(
                        found.isEmpty()
                                ? "all by default"
                                : found.values().stream()
                                        .map(Given::source)
                                        .collect(Collectors.joining(", ")),
                        Files.exists(file) ? "the file is" : "there is no file",
                        file);
    }

    private void flags(Map<Setting, String> flags) {
        flags.forEach(
                (setting, text) -> {
                    if (setting.isSecret()) {
                        errors.add(
                                setting.flag(),
                                "a secret given as a flag shows in the list of processes; set %s or %s in %s"
                                        .formatted(setting.variable(), setting.key(), FILE));
                    } else {
                        found.put(setting, new Given(text, setting.flag()));
                    }
                });
    }

    private void environment(Map<String, String> environment) {
        List<String> known = Setting.all().stream().map(Setting::variable).toList();
        environment.forEach(
                (name, text) -> {
                    int index = known.indexOf(name);
                    if (index >= 0 && !text.isBlank()) {
                        found.put(Setting.values()[index], new Given(text.strip(), name));
                    } else if (index < 0
                            && name.startsWith(Setting.VARIABLE_PREFIX)
                            && !OTHER_VARIABLES.contains(name)
                            && !OF_KUBERNETES.matcher(name + "=" + text).matches()) {
                        errors.add(name, "there is no such setting." + Nearest.hint(name, known));
                    }
                });
    }

    private void file(Path file) {
        if (!Files.exists(file)) {
            return;
        }
        List<String> known = Setting.all().stream().map(Setting::key).toList();
        read(file)
                .forEach(
                        (name, value) -> {
                            String source = "%s in %s".formatted(name, FILE);
                            Setting.inFile(name.toString())
                                    .ifPresentOrElse(
                                            setting ->
                                                    keep(
                                                            setting,
                                                            value.toString().strip(),
                                                            source,
                                                            file),
                                            () ->
                                                    errors.add(
                                                            source,
                                                            "there is no such setting."
                                                                    + Nearest.hint(
                                                                            name.toString(),
                                                                            known)));
                        });
    }

    private void keep(Setting setting, String text, String source, Path file) {
        if (setting.isSecret() && isReadByOthers(file)) {
            errors.add(source, "others can read this file; chmod 600 " + file);
        } else if (found.containsKey(setting)) {
            errors.add(source, "is set twice: also as " + found.get(setting).source());
        } else if (!text.isEmpty()) {
            found.put(setting, new Given(text, source));
        }
    }

    private Properties read(Path file) {
        var properties = new Properties();
        try {
            if (Files.size(file) > FILE_BYTES_MAX) {
                errors.add(FILE, "is larger than %d bytes".formatted(FILE_BYTES_MAX));
                return properties;
            }
            try (var reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                properties.load(reader);
            }
        } catch (IOException | IllegalArgumentException e) {
            errors.add(FILE, "cannot be read as UTF-8 properties: " + e.getMessage());
        }
        return properties;
    }

    private static boolean isReadByOthers(Path file) {
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            return permissions.contains(PosixFilePermission.OTHERS_READ);
        } catch (IOException e) {
            return true;
        }
    }
}
