package io.coursewire.packages.aicc;

import static io.coursewire.packages.aicc.ReadAicc.id;

import io.coursewire.packages.Aicc.Logic;
import io.coursewire.packages.Aicc.Objective;
import io.coursewire.packages.Aicc.Requirement;
import io.coursewire.packages.PackageLimits;
import io.coursewire.packages.PackageRefused;
import io.coursewire.packages.Warnings;
import io.coursewire.packages.prerequisites.Script;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Reads what a course has of objectives and of requirements for completion: the `.ort` and `.cmp` files, and the ids by which
/// the `.des` file says that content calls objectives.
final class ReadLogic {
    private static final String OBJECTIVE = "J";

    private final Map<String, CourseFile> files;
    private final Warnings warnings;
    private final Map<String, List<String>> ofUnits = new LinkedHashMap<>();
    private final Map<String, Set<String>> parts = new LinkedHashMap<>();

    ReadLogic(Map<String, CourseFile> files, Warnings warnings) {
        this.files = files;
        this.warnings = warnings;
        CourseTable.of(files.get("ort")).rows().forEach(this::relate);
        if (parts.size() > PackageLimits.ITEMS_MAX) {
            throw tooMany("objectives", files.get("ort"));
        }
    }

    private static PackageRefused tooMany(String what, CourseFile file) {
        return new PackageRefused(
                "too-many-items",
                "the course has more than " + PackageLimits.ITEMS_MAX + " " + what,
                file.name());
    }

    /// `course_element, member, ...` by the standard, where an objective may consist of others; `objective_id,
    /// au_system_id` as some tools have it.
    private void relate(CourseTable.Row row) {
        row.get("course_element", "au_system_id")
                .ifPresent(
                        element -> {
                            var objectives = new ArrayList<>(row.all("objective_id"));
                            objectives.addAll(row.all("member"));
                            relate(id(element), objectives);
                        });
    }

    private void relate(String element, List<String> others) {
        if (element.startsWith(OBJECTIVE)) {
            var below = parts.computeIfAbsent(element, _ -> new LinkedHashSet<>());
            others.forEach(other -> below.add(id(other)));
        } else {
            ofUnits.computeIfAbsent(element, _ -> new ArrayList<>()).addAll(others);
            others.forEach(
                    other ->
                            parts.computeIfAbsent(id(other), _ -> new LinkedHashSet<>())
                                    .add(element));
        }
    }

    /// The objectives of each unit or block, as they are written.
    Map<String, List<String>> ofUnits() {
        return ofUnits;
    }

    boolean isObjective(String id) {
        return id.startsWith(OBJECTIVE) || parts.containsKey(id);
    }

    /// The units and blocks that teach the objective itself.
    List<String> teaching(String objective, Predicate<String> isInCourse) {
        return parts.getOrDefault(objective, Set.of()).stream().filter(isInCourse).toList();
    }

    /// @param isInCourse whether an id is a unit's or a block's
    Logic read(Predicate<String> isInCourse) {
        var requirements = requirements(isInCourse);
        requirements.stream()
                .map(Requirement::element)
                .filter(element -> !isInCourse.test(element))
                .forEach(element -> parts.computeIfAbsent(element, _ -> new LinkedHashSet<>()));
        var names = developerIds();
        var objectives =
                parts.entrySet().stream()
                        .filter(each -> !isInCourse.test(each.getKey()))
                        .map(
                                each ->
                                        new Objective(
                                                each.getKey(),
                                                Optional.ofNullable(names.get(each.getKey())),
                                                List.copyOf(each.getValue())))
                        .toList();
        return new Logic(objectives, requirements);
    }

    private Map<String, String> developerIds() {
        var names = new LinkedHashMap<String, String>();
        for (var row : CourseTable.of(files.get("des")).rows()) {
            row.get("system_id")
                    .ifPresent(
                            id ->
                                    row.get("developer_id")
                                            .ifPresent(name -> names.put(id(id), name)));
        }
        return names;
    }

    private List<Requirement> requirements(Predicate<String> isInCourse) {
        var file = files.get("cmp");
        var requirements = new ArrayList<Requirement>();
        for (var row : CourseTable.of(file).rows()) {
            requirement(row, file, isInCourse).ifPresent(requirements::add);
        }
        if (requirements.size() > PackageLimits.ITEMS_MAX) {
            throw tooMany("requirements", file);
        }
        return requirements;
    }

    private Optional<Requirement> requirement(
            CourseTable.Row row, CourseFile file, Predicate<String> isInCourse) {
        var place = file.place(row.line());
        var element = row.get("structure_element", "course_element").map(ReadAicc::id);
        var script = row.get("requirement", "requirements", "completion_requirement");
        if (element.isEmpty() || script.isEmpty()) {
            warnings.add("bad-value", "a requirement is not complete; it is left out", place);
            return Optional.empty();
        }
        if (row.get("next").or(() -> row.get("return")).isPresent()) {
            warnings.add(
                    "branching",
                    "the course says where to go after " + element.get() + "; that is left out",
                    place);
        }
        if (!isInCourse.test(element.get()) && !isObjective(element.get())) {
            warnings.add(
                    "completion-requirements",
                    "the requirement for "
                            + element.get()
                            + ", which is no unit, block or objective, is not used",
                    place);
            return Optional.empty();
        }
        return result(row.get("result").orElse(""), place)
                .map(result -> new Requirement(element.get(), script.get(), result));
    }

    private Optional<String> result(String text, String place) {
        var word = Script.status(text);
        if (word.isEmpty()) {
            warnings.add(
                    "bad-value",
                    "\"" + text + "\" is no status; the requirement is left out",
                    place);
        }
        return word;
    }
}
