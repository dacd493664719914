package io.coursewire.packages.prerequisites;

import io.coursewire.packages.OutlineLine;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/// A course's tree, by identifiers; scripts may write them in another case.
final class Outline {
    private final List<OutlineLine> lines;
    private final Map<String, Integer> at = new HashMap<>();
    private final Map<String, String> anyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, String> parents = new HashMap<>();

    Outline(List<OutlineLine> lines) {
        this.lines = lines;
        var around = new ArrayDeque<OutlineLine>();
        for (int n = 0; n < lines.size(); n++) {
            at.putIfAbsent(lines.get(n).identifier(), n);
            anyCase.putIfAbsent(lines.get(n).identifier(), lines.get(n).identifier());
            while (!around.isEmpty() && around.peek().level() >= lines.get(n).level()) {
                around.pop();
            }
            if (!around.isEmpty()) {
                parents.putIfAbsent(lines.get(n).identifier(), around.peek().identifier());
            }
            around.push(lines.get(n));
        }
    }

    Optional<String> find(String name) {
        return has(name) ? Optional.of(name) : Optional.ofNullable(anyCase.get(name));
    }

    List<OutlineLine> lines() {
        return lines;
    }

    /// The item, and what it lies in, outwards.
    List<String> upwards(String item) {
        var found = new ArrayList<String>();
        if (has(item)) {
            for (var at = item; at != null; at = parents.get(at)) {
                found.add(at);
            }
        }
        return found;
    }

    /// What the item lies in; empty at the top.
    Optional<String> parent(String item) {
        return Optional.ofNullable(parents.get(item));
    }

    boolean has(String identifier) {
        return at.containsKey(identifier);
    }

    boolean isLaunchable(String item) {
        return lines.get(at.get(item)).launchable();
    }

    /// The item itself, or what is launchable in a folder.
    List<String> opened(String item) {
        return isLaunchable(item) ? List.of(item) : inside(item);
    }

    /// What is launchable below the item.
    List<String> inside(String item) {
        return inside(item, _ -> false);
    }

    /// What is launchable below the item, and whole folders for what would be in them.
    List<String> inside(String item, Predicate<String> whole) {
        int n = at.get(item);
        int skipped = Integer.MAX_VALUE;
        var inside = new ArrayList<String>();
        for (int m = n + 1; m < lines.size() && lines.get(m).level() > lines.get(n).level(); m++) {
            var line = lines.get(m);
            if (line.level() <= skipped) {
                boolean isWhole = !line.launchable() && whole.test(line.identifier());
                skipped = isWhole ? line.level() : Integer.MAX_VALUE;
                if (isWhole || line.launchable()) {
                    inside.add(line.identifier());
                }
            }
        }
        return inside;
    }
}
