package io.coursewire.packages.aicc;

import io.coursewire.packages.Aicc;
import io.coursewire.packages.Aicc.Element;
import io.coursewire.packages.Aicc.Unit;
import io.coursewire.packages.Identifiers;
import io.coursewire.packages.NothingToOpen;
import io.coursewire.packages.OutlineLine;
import io.coursewire.packages.PackageLimits;
import io.coursewire.packages.PackageRefused;
import io.coursewire.packages.ResolveHref;
import io.coursewire.packages.Titles;
import io.coursewire.packages.Warnings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads an AICC course from its files: `crs`, `au`, `des`, `cst`, and `ort`, `pre`, `cmp` where they are.
public final class ReadAicc {
    private static final String ROOT = "ROOT";

    private final Map<String, CourseFile> files;
    private final Warnings warnings;
    private final Map<String, Unit> units;
    private final ReadLogic logic;
    private final Map<String, String> titles = new LinkedHashMap<>();
    private final Map<String, List<String>> members = new LinkedHashMap<>();
    private final Map<String, String> prerequisites = new LinkedHashMap<>();

    private ReadAicc(Map<String, CourseFile> files, ResolveHref resolve, Warnings warnings) {
        this.files = files;
        this.warnings = warnings;
        for (var needed : List.of("crs", "au", "cst")) {
            if (!files.containsKey(needed)) {
                throw new PackageRefused(
                        "missing-course-file",
                        "the AICC course has no ." + needed + " file; export it again");
            }
        }
        logic = new ReadLogic(files, warnings);
        units = new ReadUnits(files.get("au"), resolve, logic.ofUnits(), warnings).read();
    }

    /// @param files by their extension in lower case
    public static Aicc read(Map<String, CourseFile> files, ResolveHref resolve, Warnings warnings) {
        var course = new ReadAicc(files, resolve, warnings).read();
        if (course.outline().stream().noneMatch(OutlineLine::launchable)) {
            throw NothingToOpen.of(warnings, files.get("au").name());
        }
        return course;
    }

    /// What the units of a course open, as it writes that.
    public static List<String> fileNames(Map<String, CourseFile> files) {
        return CourseTable.of(files.get("au")).rows().stream()
                .flatMap(row -> row.get("file_name").stream())
                .toList();
    }

    private Aicc read() {
        readTitles();
        readStructure();
        readPrerequisites();
        var settings = CourseSettings.parse(files.get("crs").text());
        var id =
                settings.get("Course", "Course_ID")
                        .filter(text -> text.length() <= PackageLimits.IDENTIFIER_CHARS_MAX);
        if (id.isEmpty()) {
            warnings.add("no-identifier", "the course has no Course_ID", files.get("crs").name());
        }
        var title = settings.get("Course", "Course_Title").or(() -> id).orElse("course");
        return new Aicc(
                id,
                id.orElse("course"),
                Map.of(Titles.UNKNOWN, Titles.cut(title)),
                elements(),
                logic.read(this::isInCourse));
    }

    private List<CourseTable.Row> rows(String extension) {
        return CourseTable.of(files.get(extension)).rows();
    }

    static String id(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    private boolean isInCourse(String id) {
        return units.containsKey(id) || members.containsKey(id) && !id.equals(ROOT);
    }

    private void readTitles() {
        for (var row : rows("des")) {
            row.get("system_id")
                    .ifPresent(
                            id -> row.get("title").ifPresent(title -> titles.put(id(id), title)));
        }
    }

    private void readStructure() {
        for (var row : rows("cst")) {
            var block = row.get("block").map(ReadAicc::id).orElse(ROOT);
            var below = members.computeIfAbsent(block, _ -> new ArrayList<>());
            row.all("member").forEach(member -> below.add(id(member)));
            row.get("prerequisites")
                    .ifPresent(script -> row.all("member").forEach(one -> require(one, script)));
        }
    }

    /// Whoever teaches an objective waits for what the objective waits for.
    private void readPrerequisites() {
        var given = new LinkedHashMap<String, List<String>>();
        for (var row : rows("pre")) {
            var element = row.get("structure_element", "pre_from").map(ReadAicc::id);
            var script = row.get("prerequisite", "prerequisites", "post_to");
            if (element.isPresent() && script.isPresent()) {
                var waiting =
                        isInCourse(element.get())
                                ? List.of(element.get())
                                : logic.teaching(element.get(), this::isInCourse);
                waiting.forEach(
                        id -> given.computeIfAbsent(id, _ -> new ArrayList<>()).add(script.get()));
                if (waiting.isEmpty()) {
                    warnings.add(
                            "dangling-reference",
                            element.get() + " has prerequisites and is not in the course",
                            files.get("pre").place(row.line()));
                }
            }
        }
        given.forEach((id, scripts) -> prerequisites.putIfAbsent(id, all(scripts)));
    }

    private static String all(List<String> scripts) {
        return scripts.size() == 1 ? scripts.getFirst() : "(" + String.join(")&(", scripts) + ")";
    }

    private void require(String member, String script) {
        prerequisites.put(id(member), script);
    }

    private List<Element> elements() {
        var placed = new LinkedHashSet<String>();
        var elements = new ArrayList<>(below(ROOT, 0, placed));
        for (var id : units.keySet().stream().sorted().toList()) {
            if (!placed.contains(id)) {
                warnings.add(
                        "not-in-structure",
                        "the unit "
                                + id
                                + " is not in the course structure; it was added at the end",
                        files.get("cst").name());
                elements.add(element(id, 0, placed).orElseThrow());
            }
        }
        return elements;
    }

    private List<Element> below(String block, int depth, Set<String> placed) {
        if (depth > PackageLimits.ITEM_DEPTH_MAX) {
            throw new PackageRefused(
                    "items-too-deep", "blocks are nested too deep", files.get("cst").name());
        }
        return members.getOrDefault(block, List.of()).stream()
                .filter(member -> isInCourse(member) || !logic.isObjective(member))
                .flatMap(member -> element(member, depth, placed).stream())
                .toList();
    }

    /// Each element stands once; so a block that contains itself comes to an end.
    private Optional<Element> element(String id, int depth, Set<String> placed) {
        if (!placed.add(id)) {
            warnings.add(
                    "duplicate-identifier",
                    id + " is in the course structure twice; the first place is used",
                    files.get("cst").name());
            return Optional.empty();
        }
        if (placed.size() > PackageLimits.ITEMS_MAX) {
            throw new PackageRefused(
                    "too-many-items",
                    "the course has more than " + PackageLimits.ITEMS_MAX + " elements",
                    files.get("cst").name());
        }
        if (!units.containsKey(id) && !members.containsKey(id)) {
            warnings.add(
                    "dangling-reference",
                    "the structure names " + id + ", which opens nothing and holds nothing",
                    files.get("cst").name());
        }
        Identifiers.requireShort(id, files.get("cst").name());
        if (!titles.containsKey(id)) {
            warnings.add(
                    "no-title",
                    id + " has no title; its id is shown",
                    Optional.ofNullable(files.get("des")).orElse(files.get("cst")).name());
        }
        return Optional.of(
                new Element(
                        id,
                        Titles.cut(titles.getOrDefault(id, id)),
                        Optional.ofNullable(prerequisites.get(id)),
                        Optional.ofNullable(units.get(id)),
                        below(id, depth + 1, placed)));
    }
}
