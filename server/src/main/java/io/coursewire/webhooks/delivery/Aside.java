package io.coursewire.webhooks.delivery;

import io.coursewire.webhooks.delivery.LaneStore.LaneKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What the database does not take, so that the outcomes of other lanes are recorded all the same. Those of its own
/// lane stay behind it: an owner to come then sends from there on, in order. Used by one thread.
final class Aside {
    /// No more is sent twice after a crash than of any other batch.
    static final int OUTCOMES_MAX = RecordFates.AT_ONCE_MAX;

    static final Duration TRIED_AGAIN_AFTER = Duration.ofMinutes(1);

    private final Map<LaneKey, List<Outcome>> lanes = new LinkedHashMap<>();
    private Instant nextTryAt = Instant.MAX;

    boolean isFull() {
        return lanes.values().stream().mapToInt(List::size).sum() >= OUTCOMES_MAX;
    }

    boolean concerns(int bucket) {
        return lanes.values().stream().anyMatch(lane -> lane.getFirst().bucket() == bucket);
    }

    void begin(Outcome refused, Instant now) {
        if (lanes.isEmpty()) {
            nextTryAt = now.plus(TRIED_AGAIN_AFTER);
        }
        lanes.put(lane(refused), new ArrayList<>(List.of(refused)));
    }

    /// Takes what comes behind something of its lane.
    boolean takes(Outcome outcome) {
        List<Outcome> before = lanes.get(lane(outcome));
        return before != null && before.add(outcome);
    }

    /// Everything, when it is to be tried again.
    List<Outcome> takeDue(Instant now) {
        if (lanes.isEmpty() || now.isBefore(nextTryAt)) {
            return List.of();
        }
        List<Outcome> due = lanes.values().stream().flatMap(List::stream).toList();
        lanes.clear();
        return due;
    }

    void drop(Set<Integer> lostBuckets) {
        lanes.values().removeIf(lane -> lostBuckets.contains(lane.getFirst().bucket()));
    }

    private static LaneKey lane(Outcome outcome) {
        return new LaneKey(outcome.endpoint(), outcome.key());
    }
}
