package io.coursewire.webhooks.delivery;

import io.coursewire.webhooks.EndpointId;
import io.coursewire.webhooks.Subscription;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/// Enforces `maxRequestsPerSecond`, over everything that this node sends to an endpoint. Each node has an
/// equal part of an endpoint's rate, as it has of the events.
public final class Paces {
    private final Map<EndpointId, Pace> paces = new ConcurrentHashMap<>();
    private final IntSupplier nodes;

    Paces(IntSupplier nodes) {
        this.nodes = nodes;
    }

    /// Blocks until an event that has just happened may be sent.
    public void await(Subscription subscription) {
        subscription
                .settings()
                .maxRequestsPerSecond()
                .ifPresent(max -> of(subscription).await(share(max)));
    }

    /// Blocks until something may be sent that is less urgent: while an event waits, it does too, unless `goesOn` says no.
    public void awaitIdle(Subscription subscription, BooleanSupplier goesOn) {
        subscription
                .settings()
                .maxRequestsPerSecond()
                .ifPresent(max -> of(subscription).awaitIdle(share(max), goesOn));
    }

    void forget(EndpointId endpoint) {
        paces.remove(endpoint);
    }

    private Pace of(Subscription subscription) {
        return paces.computeIfAbsent(subscription.id(), _ -> new Pace());
    }

    /// This node's part of a rate.
    double share(int max) {
        return (double) max / Math.max(1, nodes.getAsInt());
    }
}
