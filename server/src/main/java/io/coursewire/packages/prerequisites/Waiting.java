package io.coursewire.packages.prerequisites;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What waits for what. Folders and names are nodes of their own: two folders of ten thousand items each, one of which waits
/// for the other, would otherwise be a hundred million pairs.
final class Waiting {
    private sealed interface Node {
        /// That an item opens: all that it lies in has to be open too.
        record Open(String item) implements Node {}

        /// That all is done that is launchable in an item or folder, itself included.
        record In(String item) implements Node {}

        /// That an objective is met by what teaches it.
        record Taught(String objective) implements Node {}
    }

    private final Outline outline;
    private final Completion completion;
    private final Map<Node, Set<Node>> edges = new HashMap<>();
    private final Deque<String> objectives = new ArrayDeque<>();

    private Waiting(Outline outline, Completion completion) {
        this.outline = outline;
        this.completion = completion;
    }

    /// The references that close circles, by the item whose script has them.
    static Map<String, List<String>> circles(
            Map<String, Script> scripts, Outline outline, Completion completion) {
        var waiting = new Waiting(outline, completion);
        outline.lines().forEach(line -> waiting.add(line.identifier()));
        scripts.forEach((item, script) -> waiting.add(item, script));
        waiting.addObjectives();
        var circles = Circles.in(waiting.edges);
        var found = new LinkedHashMap<String, List<String>>();
        scripts.forEach(
                (item, script) -> {
                    var closing =
                            script.items().stream()
                                    .filter(name -> waiting.closes(item, name, circles))
                                    .toList();
                    if (!closing.isEmpty()) {
                        found.put(item, closing);
                    }
                });
        return found;
    }

    private void add(String item) {
        if (outline.isLaunchable(item)) {
            edge(new Node.In(item), new Node.Open(item));
        }
        outline.parent(item)
                .ifPresent(
                        parent -> {
                            edge(new Node.Open(item), new Node.Open(parent));
                            edge(new Node.In(parent), new Node.In(item));
                        });
    }

    private void add(String item, Script script) {
        script.items().forEach(name -> edge(new Node.Open(item), done(completion.id(name))));
    }

    private Node done(String id) {
        if (outline.has(id)) {
            return outline.isLaunchable(id) ? new Node.Open(id) : new Node.In(id);
        }
        objectives.add(id);
        return new Node.Taught(id);
    }

    private void addObjectives() {
        var seen = new HashSet<String>();
        while (!objectives.isEmpty()) {
            var objective = objectives.remove();
            if (seen.add(objective)) {
                completion
                        .below(objective)
                        .forEach(id -> edge(new Node.Taught(objective), done(id)));
            }
        }
    }

    private void edge(Node from, Node to) {
        edges.computeIfAbsent(from, _ -> new HashSet<>()).add(to);
    }

    private boolean closes(String item, String name, Circles<Node> circles) {
        var circle = circles.of(new Node.Open(item));
        return circle.contains(done(completion.id(name)))
                && !(isOfOne(circle) && completion.isTaughtByOthers(name));
    }

    /// What alone comes back to itself by an objective waits only for the others that teach it.
    private boolean isOfOne(Collection<Node> circle) {
        return circle.stream()
                        .filter(
                                node ->
                                        node instanceof Node.Open(var item)
                                                && outline.isLaunchable(item))
                        .limit(2)
                        .count()
                == 1;
    }
}
