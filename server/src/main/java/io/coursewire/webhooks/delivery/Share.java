package io.coursewire.webhooks.delivery;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// The buckets that a node owns at one moment, each with its epoch. Those that leave are too many: nothing
/// of them is handed out any more, and they are given back once nothing of them is in work.
record Share(Map<Integer, Long> epochs, Set<Integer> leaving) {
    static final Share NONE = new Share(Map.of(), Set.of());

    Map<Integer, Long> staying() {
        Map<Integer, Long> staying = new HashMap<>(epochs);
        staying.keySet().removeAll(leaving);
        return staying;
    }
}
