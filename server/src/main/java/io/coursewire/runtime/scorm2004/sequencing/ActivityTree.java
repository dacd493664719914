package io.coursewire.runtime.scorm2004.sequencing;

import io.coursewire.packages.scorm2004.ControlMode;
import io.coursewire.packages.scorm2004.Item;
import io.coursewire.packages.scorm2004.Organization;
import io.coursewire.packages.scorm2004.SequencingRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/// The activity tree of an organization, numbered in document order for fast walking: the root is 0, and the descendants of an
/// activity are the numbers that follow it. Immutable; made once for a package and shared by all learners.
///
/// Items that launch nothing, nor hold one that does, are headings and no activities.
public final class ActivityTree {
    static final int ROOT = 0;
    static final int NONE = -1;
    private static final int[] LEAF = {};

    private final Organization organization;
    private final List<Item> items = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<String, Integer> globals = new LinkedHashMap<>();
    private final int[] parent;
    private final int[] depth;
    private final int[] end;
    private final int[][] children;
    private final ObjectiveSlot[][] objectives;
    private final IndexedRule[][] rules;
    private final boolean[] tracked;
    private final int localValues;

    /// With one activity there is nothing to choose: it begins by itself, whatever the control modes say.
    private final boolean single;

    /// By global objective: the activities with an objective that reads it.
    private final int[][] readers;

    private ActivityTree(Organization organization) {
        this.organization = organization;
        collect(organization.root());
        var count = items.size();
        parent = new int[count];
        depth = new int[count];
        end = new int[count];
        children = new int[count][];
        link(ROOT, NONE, 0);
        objectives = new ObjectiveSlot[count][];
        rules = new IndexedRule[count][];
        tracked = new boolean[count];
        for (int n = 0; n < count; n++) {
            tracked[n] = items.get(n).sequencing().delivery().tracked();
        }
        single = count == 2;
        localValues = indexObjectives();
        readers = indexReaders();
    }

    /// @throws IllegalArgumentException when the organization launches nothing at all
    public static ActivityTree of(Organization organization) {
        if (!launches(organization.root())) {
            throw new IllegalArgumentException(
                    "the organization " + organization.identifier() + " launches nothing");
        }
        return new ActivityTree(organization);
    }

    private static boolean launches(Item item) {
        return item.content().launch().isPresent()
                || item.children().stream().anyMatch(ActivityTree::launches);
    }

    private void collect(Item item) {
        numbers.put(item.identifier(), items.size());
        items.add(item);
        item.children().stream().filter(ActivityTree::launches).forEach(this::collect);
    }

    private int link(int activity, int above, int level) {
        parent[activity] = above;
        depth[activity] = level;
        var next = activity + 1;
        var below = new ArrayList<Integer>();
        for (var child : items.get(activity).children()) {
            if (next < items.size() && items.get(next) == child) {
                below.add(next);
                next = link(next, activity, level + 1);
            }
        }
        children[activity] =
                below.isEmpty() ? LEAF : below.stream().mapToInt(Integer::intValue).toArray();
        end[activity] = next;
        return next;
    }

    private int indexObjectives() {
        var offset = 0;
        for (int activity = 0; activity < items.size(); activity++) {
            var sequencing = items.get(activity).sequencing();
            var slots = new ObjectiveSlot[sequencing.objectives().size()];
            for (int i = 0; i < slots.length; i++) {
                slots[i] =
                        new ObjectiveSlot(
                                sequencing.objectives().get(i),
                                activity,
                                offset,
                                this::globalOffset);
                offset += ObjectiveSlot.VALUES;
            }
            objectives[activity] = slots;
            var all = new ArrayList<SequencingRule>(sequencing.rules().precondition());
            all.addAll(sequencing.rules().exit());
            all.addAll(sequencing.rules().postcondition());
            rules[activity] =
                    all.stream()
                            .map(rule -> new IndexedRule(rule, slots))
                            .toArray(IndexedRule[]::new);
        }
        return offset;
    }

    private int globalOffset(String identifier) {
        return globals.computeIfAbsent(identifier, _ -> globals.size()) * ObjectiveSlot.VALUES;
    }

    private int[][] indexReaders() {
        var reading = new BitSet[globals.size()];
        Arrays.setAll(reading, _ -> new BitSet());
        for (var slots : objectives) {
            for (var slot : slots) {
                for (var global : slot.allReads()) {
                    reading[global / ObjectiveSlot.VALUES].set(slot.activity);
                }
            }
        }
        return Arrays.stream(reading).map(set -> set.stream().toArray()).toArray(int[][]::new);
    }

    public Organization organization() {
        return organization;
    }

    /// The activities in document order, the root first.
    public List<Item> items() {
        return List.copyOf(items);
    }

    public boolean contains(String identifier) {
        return numbers.containsKey(identifier);
    }

    int size() {
        return items.size();
    }

    OptionalInt number(String identifier) {
        var found = numbers.get(identifier);
        return found == null ? OptionalInt.empty() : OptionalInt.of(found);
    }

    Item item(int activity) {
        return items.get(activity);
    }

    String identifier(int activity) {
        return items.get(activity).identifier();
    }

    boolean allows(int activity, ControlMode mode) {
        if (activity == ROOT && single) {
            return mode == ControlMode.FLOW
                    || mode != ControlMode.CHOICE && items.get(ROOT).sequencing().allows(mode);
        }
        return items.get(activity).sequencing().allows(mode);
    }

    boolean isTracked(int activity) {
        return tracked[activity];
    }

    int parent(int activity) {
        return parent[activity];
    }

    int[] children(int activity) {
        return children[activity];
    }

    boolean isLeaf(int activity) {
        return children[activity].length == 0;
    }

    /// The first number after the activity's descendants.
    int end(int activity) {
        return end[activity];
    }

    int depth(int activity) {
        return depth[activity];
    }

    boolean isWithin(int activity, int ancestor) {
        return activity >= ancestor && activity < end[ancestor];
    }

    /// The deepest activity that holds both, which may be one of them.
    int commonAncestor(int a, int b) {
        var found = a;
        while (!isWithin(b, found)) {
            found = parent[found];
        }
        return found;
    }

    /// The child of `ancestor` on the way to `descendant`.
    int childTowards(int ancestor, int descendant) {
        var step = descendant;
        while (parent[step] != ancestor) {
            step = parent[step];
        }
        return step;
    }

    ObjectiveSlot[] objectives(int activity) {
        return objectives[activity];
    }

    ObjectiveSlot primary(int activity) {
        return objectives[activity][0];
    }

    IndexedRule[] rules(int activity) {
        return rules[activity];
    }

    int localValues() {
        return localValues;
    }

    Map<String, Integer> globals() {
        return globals;
    }

    int[] readers(int globalOffset) {
        return readers[globalOffset / ObjectiveSlot.VALUES];
    }
}
