package io.coursewire.packages.prerequisites;

import io.coursewire.packages.Aicc.Logic;
import io.coursewire.packages.Aicc.Objective;
import io.coursewire.packages.Aicc.Requirement;
import io.coursewire.packages.Warnings;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What of a course is done: an item by its own status, a folder by what is in it, an objective by what content reported of it,
/// else by what teaches it; and each of them, before that, by the requirements that an AICC course may have for it.
final class Completion {
    /// So far requirements may follow from each other.
    static final int DEPTH_MAX = 50;

    /// So much is looked at for one answer; from there on everything counts by its own status.
    static final int STEPS_MAX = 100_000;

    private static final String NOT_ATTEMPTED = "not attempted";

    private record Rule(Script when, String result) {}

    private final Outline outline;
    private final Map<String, Objective> objectives = new HashMap<>();
    private final Map<String, List<Rule>> rules = new LinkedHashMap<>();

    /// Objectives that consist of each other, by whatever completes one in between.
    private Circles<String> entangled = Circles.in(Map.of());

    private Completion(Outline outline, List<Objective> all) {
        this.outline = outline;
        all.forEach(each -> objectives.put(each.systemId(), each));
    }

    private void entangle(Warnings warnings, String file) {
        var edges = new HashMap<String, Set<String>>();
        for (var objective : objectives.keySet()) {
            var all = parts(objective);
            all.addAll(named(objective));
            all.retainAll(objectives.keySet());
            edges.put(objective, all);
        }
        var found = Circles.in(edges);
        objectives.keySet().stream()
                .filter(
                        objective ->
                                parts(objective).stream().anyMatch(found.of(objective)::contains))
                .sorted()
                .forEach(
                        objective ->
                                warnings.add(
                                        "cyclic-reference",
                                        objective
                                                + " consists of objectives that consist of it; that is left"
                                                + " out",
                                        Prerequisites.place(file, objective)));
        entangled = found;
    }

    static Completion of(Outline outline, Logic logic, Warnings warnings, String file) {
        var completion = new Completion(outline, logic.objectives());
        for (var requirement : logic.requirements()) {
            completion.add(requirement, warnings, file);
        }
        completion.entangle(warnings, file);
        for (var element : completion.circles()) {
            warnings.add(
                    "cyclic-reference",
                    "what completes "
                            + element
                            + " depends on that itself, which counts there by its own status",
                    Prerequisites.place(file, element));
        }
        return completion;
    }

    private void add(Requirement requirement, Warnings warnings, String file) {
        var element = requirement.element();
        var place = Prerequisites.place(file, element);
        var read = ReadScript.read(requirement.script());
        if (read.isEmpty()) {
            warnings.add(
                    "requirement-unreadable",
                    "a requirement for " + element + " cannot be read; it is left out",
                    place);
        }
        read.map(ReadScript.Read::script)
                .flatMap(script -> known(element, script, warnings, place))
                .ifPresent(
                        script ->
                                rules.computeIfAbsent(element, _ -> new ArrayList<>())
                                        .add(new Rule(script, requirement.result())));
    }

    private Optional<Script> known(String element, Script script, Warnings warnings, String place) {
        var unknown = script.items().stream().filter(name -> find(name).isEmpty()).toList();
        for (var name : unknown) {
            warnings.add(
                    "dangling-reference",
                    "what completes "
                            + element
                            + " names "
                            + name
                            + ", which is not in the course; that is left out",
                    place);
        }
        return script.without(unknown::contains);
    }

    private Optional<String> find(String name) {
        return outline.find(name)
                .or(
                        () ->
                                Optional.of(name.toUpperCase(Locale.ROOT))
                                        .filter(objectives::containsKey));
    }

    /// Whether there is such a thing, and a way to have it done.
    boolean canBeDone(String name) {
        return find(name)
                .filter(id -> !objectives.containsKey(id) || !units(id).isEmpty())
                .isPresent();
    }

    /// What a name of [#canBeDone] means.
    String id(String name) {
        return find(name).orElseThrow();
    }

    /// Whether it is an objective that several items teach: what teaches it waits for the others only.
    boolean isTaughtByOthers(String name) {
        return objectives.containsKey(id(name)) && units(id(name)).size() > 1;
    }

    /// What is launchable of it: itself, what is in it, what teaches it or else is named by what completes it.
    private Set<String> units(String id) {
        var units = new LinkedHashSet<String>();
        var seen = new HashSet<String>();
        var ahead = new ArrayDeque<>(List.of(id));
        while (!ahead.isEmpty()) {
            var next = ahead.remove();
            if (seen.add(next)) {
                outline.find(next)
                        .map(outline::opened)
                        .ifPresentOrElse(units::addAll, () -> ahead.addAll(below(next)));
            }
        }
        return units;
    }

    /// What an objective consists of, else what completes it.
    Set<String> below(String objective) {
        var parts = parts(objective);
        return parts.isEmpty() ? named(objective) : parts;
    }

    private Set<String> parts(String objective) {
        return objectives.get(objective).parts().stream()
                .flatMap(part -> find(part).stream())
                .filter(part -> !entangled.of(objective).contains(part))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private Set<String> named(String id) {
        var named = new LinkedHashSet<String>();
        rules.getOrDefault(id, List.of())
                .forEach(
                        rule ->
                                rule.when().items().stream()
                                        .flatMap(name -> find(name).stream())
                                        .forEach(named::add));
        return named;
    }

    private enum Look {
        RULES,
        ALL,
        PART
    }

    private record Looked(Look at, String id) {}

    /// Elements whose requirements come back to them, by however many steps. Folders are nodes of their own, as in [Waiting].
    private List<String> circles() {
        var edges = new HashMap<Looked, Set<Looked>>();
        for (var id : rules.keySet()) {
            var named = named(id).stream().filter(other -> !other.equals(id)).toList();
            named.forEach(
                    other -> edge(edges, new Looked(Look.RULES, id), new Looked(Look.ALL, other)));
            edge(edges, new Looked(Look.ALL, id), new Looked(Look.RULES, id));
            edge(edges, new Looked(Look.PART, id), new Looked(Look.RULES, id));
        }
        for (var line : outline.lines()) {
            var part = new Looked(Look.PART, line.identifier());
            outline.parent(line.identifier())
                    .ifPresent(
                            parent -> {
                                edge(edges, new Looked(Look.ALL, parent), part);
                                // A folder with requirements counts by them, not by what is in it.
                                if (!rules.containsKey(parent) || outline.isLaunchable(parent)) {
                                    edge(edges, new Looked(Look.PART, parent), part);
                                }
                            });
        }
        return Circles.in(edges).nodes().stream()
                .filter(looked -> looked.at == Look.RULES)
                .map(Looked::id)
                .sorted()
                .toList();
    }

    private static void edge(Map<Looked, Set<Looked>> edges, Looked from, Looked to) {
        edges.computeIfAbsent(from, _ -> new HashSet<>()).add(to);
    }

    /// What is left to do so that the name is done: what people know by a title.
    Stream<String> toDo(String name, Function<String, String> status) {
        var id = id(name);
        return objectives.containsKey(id)
                ? units(id).stream().filter(unit -> !new Script.Done(unit).isMet(status))
                : Stream.of(id);
    }

    /// The status of everything in the words of [Script#isMet], for an item that waits for it: where that teaches an objective
    /// itself, what else teaches it decides.
    ///
    /// @param items what each launchable item reported
    /// @param reported what content reported of objectives, by their ids in upper case
    Function<String, String> statuses(
            String item, Function<String, String> items, Map<String, String> reported) {
        var beside = new Query(id -> id.equals(item) ? "completed" : items.apply(id), reported);
        return new Query(items, reported, beside)::status;
    }

    /// One question. What depends on itself counts there by its own status.
    private final class Query {
        private final Function<String, String> items;
        private final Map<String, String> reported;
        private final Map<String, String> known = new HashMap<>();
        private final Set<String> deciding = new HashSet<>();
        private final Query teachers;
        private Set<String> leant = new HashSet<>();
        private int steps;

        Query(Function<String, String> items, Map<String, String> reported) {
            this.items = items;
            this.reported = reported;
            this.teachers = this;
        }

        /// @param teachers knows how far those are that teach objectives
        Query(Function<String, String> items, Map<String, String> reported, Query teachers) {
            this.items = items;
            this.reported = reported;
            this.teachers = teachers;
        }

        String status(String name) {
            var id = find(name).orElse(name);
            if (known.containsKey(id)) {
                return known.get(id);
            }
            if (teachers != this && objectives.containsKey(id)) {
                return teachers.status(id);
            }
            if (deciding.contains(id)) {
                leant.add(id);
                return itself(id);
            }
            if (deciding.size() > DEPTH_MAX || ++steps > STEPS_MAX) {
                return itself(id);
            }
            return found(id);
        }

        // An answer that leant on one still to come is right for that one only, so it is not kept.
        private String found(String id) {
            var before = leant;
            leant = new HashSet<>();
            deciding.add(id);
            var status = decided(id);
            deciding.remove(id);
            leant.remove(id);
            if (leant.isEmpty()) {
                known.put(id, status);
            }
            before.addAll(leant);
            leant = before;
            return status;
        }

        private String decided(String id) {
            return rules.getOrDefault(id, List.of()).stream()
                    .filter(rule -> rule.when().isMet(this::status))
                    .map(Rule::result)
                    .findFirst()
                    .orElseGet(() -> own(id));
        }

        private String own(String id) {
            if (objectives.containsKey(id)) {
                return reported(id).orElseGet(() -> taught(id));
            }
            if (rules.isEmpty()) {
                return itself(id);
            }
            return outline.isLaunchable(id)
                    ? items.apply(id)
                    : allOf(outline.inside(id, rules::containsKey));
        }

        private String taught(String objective) {
            var parts =
                    parts(objective).stream()
                            .filter(part -> reported.containsKey(part) || canBeDone(part))
                            .toList();
            return parts.isEmpty() ? NOT_ATTEMPTED : allOf(parts);
        }

        // Without looking further.
        private String itself(String id) {
            if (objectives.containsKey(id)) {
                return reported(id).orElse(NOT_ATTEMPTED);
            }
            return together(outline.opened(id).stream().map(items).distinct().toList());
        }

        private Optional<String> reported(String objective) {
            return Optional.ofNullable(reported.get(objective))
                    .or(
                            () ->
                                    objectives
                                            .get(objective)
                                            .developerId()
                                            .map(
                                                    name ->
                                                            reported.get(
                                                                    name.toUpperCase(
                                                                            Locale.ROOT))));
        }

        private String allOf(Collection<String> ids) {
            return together(ids.stream().map(this::status).distinct().toList());
        }
    }

    /// All of them make it done, and any that failed makes it failed; else it is begun once any is.
    private static String together(List<String> statuses) {
        if (statuses.isEmpty()) {
            // What is empty has nothing to wait for.
            return "completed";
        }
        if (statuses.size() == 1) {
            return statuses.getFirst();
        }
        if (statuses.contains("failed")) {
            return "failed";
        }
        return List.of("passed", "completed").containsAll(statuses) ? "completed" : "incomplete";
    }
}
