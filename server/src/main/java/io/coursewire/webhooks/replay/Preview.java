package io.coursewire.webhooks.replay;

import java.util.Map;

/// How many events a replay would send, by what became of them before.
public record Preview(Map<String, Long> byState) {
    public Preview {
        byState = Map.copyOf(byState);
    }

    public long total() {
        return byState.values().stream().mapToLong(Long::longValue).sum();
    }
}
