package io.coursewire.webhooks;

import java.util.Optional;
import java.util.Set;

/// What a subscriber asks for and everyone may read.
public record SubscriptionSettings(
        String url,
        Optional<String> description,
        Set<String> events,
        Format format,
        Filter filter,
        Set<String> signatures,
        Optional<String> rawSignatureHeader,
        Optional<Integer> maxRequestsPerSecond) {
    public SubscriptionSettings {
        events = Set.copyOf(events);
        signatures = Set.copyOf(signatures);
    }
}
