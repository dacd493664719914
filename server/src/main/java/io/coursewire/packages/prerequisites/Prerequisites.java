package io.coursewire.packages.prerequisites;

import io.coursewire.packages.Aicc;
import io.coursewire.packages.Package;
import io.coursewire.packages.Warnings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// What each item of a course waits for. What would lock it for good, a script that cannot be read, a reference to
/// nothing or a circle, is left out.
public final class Prerequisites {
    private static final String UNREADABLE = "prerequisites-unreadable";

    private final Outline outline;
    private final Completion completion;
    private final Map<String, Script> scripts;
    private final Map<String, String> objectives;

    private Prerequisites(
            Outline outline,
            Completion completion,
            Map<String, Script> scripts,
            Map<String, String> objectives) {
        this.outline = outline;
        this.completion = completion;
        this.scripts = scripts;
        this.objectives = objectives;
    }

    public static Prerequisites of(Package course) {
        return of(course, new Warnings(), "");
    }

    /// @param warnings of what is left out
    /// @param file that the scripts are in
    public static Prerequisites of(Package course, Warnings warnings, String file) {
        var outline = new Outline(course.outline());
        var logic = course instanceof Aicc aicc ? aicc.logic() : Aicc.Logic.NONE;
        var completion = Completion.of(outline, logic, warnings, file);
        var read = new LinkedHashMap<String, Script>();
        course.prerequisites()
                .forEach(
                        (item, text) ->
                                read(item, text, warnings, file)
                                        .flatMap(
                                                script ->
                                                        known(
                                                                item,
                                                                script,
                                                                completion,
                                                                warnings,
                                                                file))
                                        .ifPresent(script -> read.put(item, script)));
        var circles = Waiting.circles(read, outline, completion);
        return new Prerequisites(
                outline, completion, acyclic(read, circles, warnings, file), Map.of());
    }

    /// The same where content has reported these of its objectives: status by id in upper case.
    public Prerequisites reported(Map<String, String> objectives) {
        return new Prerequisites(outline, completion, scripts, Map.copyOf(objectives));
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

    static String place(String file, String item) {
        return file + " (" + item + ")";
    }

    private static Optional<Script> known(
            String item, Script script, Completion completion, Warnings warnings, String file) {
        var unknown = script.items().stream().filter(name -> !completion.canBeDone(name)).toList();
        for (var name : unknown) {
            warnings.add(
                    "dangling-reference",
                    item + " waits for " + name + ", which is not in the course; that is left out",
                    place(file, item));
        }
        return script.without(unknown::contains);
    }

    private static Map<String, Script> acyclic(
            Map<String, Script> scripts,
            Map<String, List<String>> circles,
            Warnings warnings,
            String file) {
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
        var course = completion.statuses(item, status, objectives);
        return outline.upwards(item).stream()
                .flatMap(each -> Optional.ofNullable(scripts.get(each)).stream())
                .allMatch(script -> script.isMet(course));
    }

    /// What is not done yet of the items that an item waits for.
    public List<String> waitsFor(String item, Function<String, String> status) {
        var course = completion.statuses(item, status, objectives);
        var waits = new ArrayList<String>();
        for (var each : outline.upwards(item)) {
            Optional.ofNullable(scripts.get(each))
                    .filter(script -> !script.isMet(course))
                    .ifPresent(
                            script ->
                                    script.items().stream()
                                            .filter(name -> !new Script.Done(name).isMet(course))
                                            .flatMap(name -> completion.toDo(name, course))
                                            .filter(name -> !waits.contains(name))
                                            .forEach(waits::add));
        }
        return waits;
    }
}
