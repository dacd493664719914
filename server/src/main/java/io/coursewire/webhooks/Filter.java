package io.coursewire.webhooks;

import java.util.List;
import java.util.Map;

/// Which events of the subscribed types are wanted: each attribute named here must have one of the
/// values; an event without the attribute passes, it is not about that.
public record Filter(Map<String, List<String>> wanted) {
    public static final Filter NONE = new Filter(Map.of());

    public Filter {
        wanted = Map.copyOf(wanted);
    }

    public boolean accepts(Map<String, String> attributes) {
        for (var entry : wanted.entrySet()) {
            String value = attributes.get(entry.getKey());
            if (value != null && !entry.getValue().contains(value)) {
                return false;
            }
        }
        return true;
    }
}
