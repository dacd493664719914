package io.coursewire.packages.prerequisites;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Nodes of a graph that come back to themselves, by however many steps: its strongly connected components, found by
/// Kosaraju's two walks. Neither walk recurses, as a chain may be as long as a course.
final class Circles<N> {
    private final Map<N, Set<N>> edges;
    private final Map<N, Set<N>> circleOf = new HashMap<>();

    private Circles(Map<N, Set<N>> edges) {
        this.edges = edges;
    }

    /// @param edges from each node to others
    static <N> Circles<N> in(Map<N, Set<N>> edges) {
        var circles = new Circles<>(edges);
        circles.find();
        return circles;
    }

    /// All nodes that are in one.
    Set<N> nodes() {
        return circleOf.keySet();
    }

    /// The circle that the node is in; empty for none.
    Set<N> of(N node) {
        return circleOf.getOrDefault(node, Set.of());
    }

    private void find() {
        var back = reversed();
        var seen = new HashSet<N>();
        for (var start : inOrderOfLeaving().reversed()) {
            if (seen.add(start)) {
                var circle = reached(start, back, seen);
                if (circle.size() > 1 || from(start).contains(start)) {
                    circle.forEach(node -> circleOf.put(node, circle));
                }
            }
        }
    }

    private Set<N> from(N node) {
        return edges.getOrDefault(node, Set.of());
    }

    private Map<N, List<N>> reversed() {
        var back = new HashMap<N, List<N>>();
        edges.forEach(
                (from, all) ->
                        all.forEach(
                                to -> back.computeIfAbsent(to, _ -> new ArrayList<>()).add(from)));
        return back;
    }

    /// A node comes after all that is reached from it, circles aside.
    private List<N> inOrderOfLeaving() {
        record Visit<T>(T node, Iterator<T> ahead) {}
        var left = new ArrayList<N>();
        var seen = new HashSet<N>();
        var visits = new ArrayDeque<Visit<N>>();
        for (var start : edges.keySet()) {
            if (seen.add(start)) {
                visits.push(new Visit<>(start, from(start).iterator()));
            }
            while (!visits.isEmpty()) {
                var ahead = visits.peek().ahead;
                if (!ahead.hasNext()) {
                    left.add(visits.pop().node);
                    continue;
                }
                var next = ahead.next();
                if (seen.add(next)) {
                    visits.push(new Visit<>(next, from(next).iterator()));
                }
            }
        }
        return left;
    }

    private static <N> Set<N> reached(N start, Map<N, List<N>> edges, Set<N> seen) {
        var reached = new HashSet<N>();
        var ahead = new ArrayDeque<>(List.of(start));
        while (!ahead.isEmpty()) {
            var node = ahead.remove();
            reached.add(node);
            edges.getOrDefault(node, List.of()).stream().filter(seen::add).forEach(ahead::add);
        }
        return reached;
    }
}
