package io.coursewire.packages.prerequisites;

import io.coursewire.packages.OutlineLine;
import io.coursewire.packages.Package;
import io.coursewire.packages.Warnings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/// What each item of a course waits for. What would lock it for good, a script that cannot be read, a reference to
/// nothing or a circle, is left out.
public final class Prerequisites {
    private static final String UNREADABLE = "prerequisites-unreadable";

    private final Outline outline;
    private final Map<String, Script> scripts;

    private Prerequisites(Outline outline, Map<String, Script> scripts) {
        this.outline = outline;
        this.scripts = scripts;
    }

    public static Prerequisites of(Package course) {
        return of(course, new Warnings(), "");
    }

    /// @param warnings of what is left out
    /// @param file that the scripts are in
    public static Prerequisites of(Package course, Warnings warnings, String file) {
        var outline = new Outline(course.outline());
        var read = new LinkedHashMap<String, Script>();
        course.prerequisites()
                .forEach(
                        (item, text) ->
                                read(item, text, warnings, file)
                                        .flatMap(
                                                script ->
                                                        known(
                                                                item, script, outline, warnings,
                                                                file))
                                        .ifPresent(script -> read.put(item, script)));
        return new Prerequisites(outline, acyclic(read, outline, warnings, file));
    }

    private static Optional<Script> read(String item, String text, Warnings warnings, String file) {
        var read = ReadScript.read(text);
        if (read.isEmpty()) {
            warnings.add(
                    UNREADABLE,
                    "the prerequisites of " + item + " cannot be read; it opens without",
                    place(file, item));
        } else if (read.get().hasWords()) {
            warnings.add(
                    "prerequisites-words",
                    "the prerequisites of "
                            + item
                            + " have AND, OR or NOT; they are read as &, | and ~",
                    place(file, item));
        }
        return read.map(ReadScript.Read::script);
    }

    private static String place(String file, String item) {
        return file + " (" + item + ")";
    }

    private static Optional<Script> known(
            String item, Script script, Outline outline, Warnings warnings, String file) {
        var unknown = script.items().stream().filter(name -> outline.find(name).isEmpty()).toList();
        for (var name : unknown) {
            warnings.add(
                    "dangling-reference",
                    item + " waits for " + name + ", which is not in the course; that is left out",
                    place(file, item));
        }
        return script.without(unknown::contains);
    }

    private static Map<String, Script> acyclic(
            Map<String, Script> scripts, Outline outline, Warnings warnings, String file) {
        var circles = Circles.in(scripts, outline);
        var kept = new HashMap<>(scripts);
        circles.forEach(
                (item, references) -> {
                    warnings.add(
                            "cyclic-reference",
                            item
                                    + " waits for "
                                    + String.join(", ", references)
                                    + ", which wait for it; that is left out",
                            place(file, item));
                    kept.compute(
                            item, (_, script) -> script.without(references::contains).orElse(null));
                });
        return Map.copyOf(kept);
    }

    /// True for a course in which everything is open from the start.
    public boolean isEmpty() {
        return scripts.isEmpty();
    }

    /// Whether an item opens, and all that it lies in.
    ///
    /// @param status of each launchable item, in the words of [Script#isMet]
    public boolean isOpen(String item, Function<String, String> status) {
        var course = statuses(status);
        return outline.upwards(item).stream()
                .flatMap(each -> Optional.ofNullable(scripts.get(each)).stream())
                .allMatch(script -> script.isMet(course));
    }

    /// What is not done yet of the items that an item waits for.
    public List<String> waitsFor(String item, Function<String, String> status) {
        var course = statuses(status);
        var waits = new ArrayList<String>();
        for (var each : outline.upwards(item)) {
            Optional.ofNullable(scripts.get(each))
                    .filter(script -> !script.isMet(course))
                    .ifPresent(
                            script ->
                                    script.items().stream()
                                            .map(name -> outline.find(name).orElseThrow())
                                            .filter(name -> !new Script.Done(name).isMet(course))
                                            .filter(name -> !waits.contains(name))
                                            .forEach(waits::add));
        }
        return waits;
    }

    private Function<String, String> statuses(Function<String, String> status) {
        return name -> outline.status(outline.find(name).orElse(name), status);
    }

    /// The course's tree, by identifiers; scripts may write them in another case.
    static final class Outline {
        private final List<OutlineLine> lines;
        private final Map<String, Integer> at = new HashMap<>();
        private final Map<String, String> anyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

        Outline(List<OutlineLine> lines) {
            this.lines = lines;
            for (int n = 0; n < lines.size(); n++) {
                at.putIfAbsent(lines.get(n).identifier(), n);
                anyCase.putIfAbsent(lines.get(n).identifier(), lines.get(n).identifier());
            }
        }

        Optional<String> find(String name) {
            return at.containsKey(name)
                    ? Optional.of(name)
                    : Optional.ofNullable(anyCase.get(name));
        }

        List<OutlineLine> lines() {
            return lines;
        }

        /// The item, and what it lies in, outwards.
        List<String> upwards(String item) {
            var found = new ArrayList<String>();
            int level = Integer.MAX_VALUE;
            for (int n = at.getOrDefault(item, -1); n >= 0 && level > 0; n--) {
                if (lines.get(n).level() < level) {
                    level = lines.get(n).level();
                    found.add(lines.get(n).identifier());
                }
            }
            return found;
        }

        /// The item itself, or what is launchable in a folder.
        List<String> opened(String item) {
            return lines.get(at.get(item)).launchable() ? List.of(item) : inside(item);
        }

        /// What is launchable below the item.
        List<String> inside(String item) {
            int n = at.get(item);
            var inside = new ArrayList<String>();
            for (int m = n + 1;
                    m < lines.size() && lines.get(m).level() > lines.get(n).level();
                    m++) {
                if (lines.get(m).launchable()) {
                    inside.add(lines.get(m).identifier());
                }
            }
            return inside;
        }

        /// A folder is what all in it are, and failed if any is; else it is begun once any is.
        String status(String item, Function<String, String> status) {
            var inside = opened(item).stream().map(status).distinct().toList();
            if (inside.isEmpty()) {
                // An empty folder has nothing to wait for.
                return "completed";
            }
            if (inside.size() == 1) {
                return inside.getFirst();
            }
            if (inside.contains("failed")) {
                return "failed";
            }
            return List.of("passed", "completed").containsAll(inside) ? "completed" : "incomplete";
        }
    }
}
