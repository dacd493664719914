package io.coursewire.webhooks;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What has become of one event at one endpoint. All but pending are final, until someone asks for a retry.
public enum DeliveryState {
    PENDING,
    DELIVERED,
    SUPERSEDED,
    DEAD,
    CANCELLED;

    public static final Map<String, DeliveryState> BY_WORD =
            Arrays.stream(values())
                    .collect(
                            Collectors.toUnmodifiableMap(DeliveryState::word, Function.identity()));

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
