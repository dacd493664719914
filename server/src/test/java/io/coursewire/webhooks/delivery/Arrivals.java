package io.coursewire.webhooks.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.webhooks.delivery.HostileReceiver.Behaviour;
import io.coursewire.webhooks.delivery.HostileReceiver.Request;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// What has arrived, one request after the other, and whether it was right: by attempt in order, and never
/// again once its record stood in the tables. Some are answered by 500 when they come first.
final class Arrivals {
    private static final int ONE_FAILS_IN = 40;

    private final Set<String> refusedOnce = new HashSet<>();
    private final Map<String, Integer> delivered = new HashMap<>();
    private final Set<String> recorded = new HashSet<>();
    private final Map<String, Long> newest = new HashMap<>();
    private final Set<String> faults = new HashSet<>();
    private int twice;

    synchronized Behaviour arrived(Request request) {
        String id = request.header("webhook-id");
        judgeOrder(id, request);
        if (Math.floorMod(id.hashCode(), ONE_FAILS_IN) == 0 && refusedOnce.add(id)) {
            return HostileReceiver.status(500);
        }
        if (delivered.merge(id, 1, Integer::sum) > 1) {
            twice++;
            if (recorded.contains(id)) {
                faults.add(id + " came again after it was recorded");
            }
        }
        return HostileReceiver.status(204);
    }

    /// What is recorded as delivered must not come again.
    synchronized void recorded(Set<String> ids) {
        recorded.addAll(ids);
    }

    synchronized int count() {
        return delivered.size();
    }

    synchronized int twice() {
        return twice;
    }

    synchronized void assertOrder(String hint) {
        assertThat(faults).as(hint).isEmpty();
    }

    synchronized void assertAllOf(Set<String> acknowledged, Set<String> superseded, String hint) {
        Set<String> lost = new HashSet<>(acknowledged);
        lost.removeAll(delivered.keySet());
        lost.removeAll(superseded);
        assertThat(lost).as("lost, %s", hint).isEmpty();
    }

    private void judgeOrder(String id, Request request) {
        if (delivered.containsKey(id) || refusedOnce.contains(id)) {
            return;
        }
        String attempt = request.header("ce-subject");
        long version = Long.parseLong(request.header("coursewire-attempt-version"));
        Long before = newest.put(attempt, version);
        if (before != null && version <= before) {
            faults.add("%s: %d came after %d".formatted(attempt, version, before));
        }
    }
}
