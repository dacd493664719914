package io.coursewire.packages.prerequisites;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Items that wait for each other, by however many steps. Whatever does not depend on a circle, or is not depended on from
/// one, is taken away until only circles and what joins them remain.
final class Circles {
    private final Map<String, Set<String>> waitsFor = new HashMap<>();

    private Circles() {}

    /// The references that close circles, by the item whose script has them.
    static Map<String, List<String>> in(
            Map<String, Script> scripts, Outline outline, Completion completion) {
        var circles = new Circles();
        for (var line : outline.lines()) {
            if (line.launchable()) {
                circles.waitsFor.put(
                        line.identifier(), waited(line.identifier(), scripts, outline, completion));
            }
        }
        var joined = circles.remaining();
        var found = new LinkedHashMap<String, List<String>>();
        scripts.forEach(
                (item, script) -> {
                    var isIn = below(item, outline).stream().filter(joined::contains).toList();
                    var references =
                            script.items().stream()
                                    .filter(
                                            name ->
                                                    isIn.stream()
                                                            .flatMap(
                                                                    each ->
                                                                            completion
                                                                                    .needed(
                                                                                            name,
                                                                                            each)
                                                                                    .stream())
                                                            .anyMatch(joined::contains))
                                    .toList();
                    if (!references.isEmpty()) {
                        found.put(item, references);
                    }
                });
        return found;
    }

    /// What an item waits for, for what it lies in too.
    private static Set<String> waited(
            String item, Map<String, Script> scripts, Outline outline, Completion completion) {
        var waited = new HashSet<String>();
        for (var each : outline.upwards(item)) {
            if (scripts.containsKey(each)) {
                scripts.get(each)
                        .items()
                        .forEach(name -> waited.addAll(completion.needed(name, item)));
            }
        }
        return waited;
    }

    /// The nodes of circles, and those that join them.
    static Set<String> among(Map<String, Set<String>> edges) {
        var circles = new Circles();
        circles.waitsFor.putAll(edges);
        return circles.remaining();
    }

    // A script on an item holds for all that lies in it, launchable or not itself.
    private static List<String> below(String item, Outline outline) {
        var inside = new ArrayList<>(outline.inside(item));
        inside.add(item);
        return inside;
    }

    private Set<String> remaining() {
        var reversed = new HashMap<String, Set<String>>();
        waitsFor.keySet().forEach(item -> reversed.put(item, new HashSet<>()));
        waitsFor.forEach((item, all) -> all.forEach(one -> reversed.get(one).add(item)));
        var left = peel(waitsFor, reversed, new HashSet<>(waitsFor.keySet()));
        return peel(reversed, waitsFor, left);
    }

    /// Takes away, again and again, what has no edge to any that is left.
    private static Set<String> peel(
            Map<String, Set<String>> edges, Map<String, Set<String>> back, Set<String> left) {
        var counts = new HashMap<String, Integer>();
        var free = new ArrayDeque<String>();
        for (var item : left) {
            int count = (int) edges.get(item).stream().filter(left::contains).count();
            counts.put(item, count);
            if (count == 0) {
                free.add(item);
            }
        }
        while (!free.isEmpty()) {
            var gone = free.remove();
            left.remove(gone);
            for (var item : back.get(gone)) {
                if (left.contains(item) && counts.merge(item, -1, Integer::sum) == 0) {
                    free.add(item);
                }
            }
        }
        return left;
    }
}
