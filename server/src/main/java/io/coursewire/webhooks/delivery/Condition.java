package io.coursewire.webhooks.delivery;

import io.coursewire.webhooks.EndpointHealth;
import io.coursewire.webhooks.Subscription;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Whether an endpoint is to be sent to: by what its subscription says and by how it answers. Guarded by its
/// [EndpointLanes].
///
/// One that is disabled is probed now and then with what waits for it; when that arrives it is enabled again
/// and catches up at a capped rate.
final class Condition {
    static final Duration FAILING_MAX = Duration.ofDays(5);
    static final Duration PROBED_EVERY = Duration.ofHours(1);

    /// It said itself that it wants nothing more.
    static final Duration GONE_PROBED_EVERY = Duration.ofDays(1);

    private static final Duration FAILING_NOTED_AFTER = Duration.ofMinutes(1);

    private final Work work;
    private final Circuit circuit = new Circuit();
    private Subscription subscription;
    private Optional<Instant> failingSince;
    private Optional<Instant> probedAt = Optional.empty();
    private boolean probing;
    private boolean catchingUp;

    Condition(Subscription subscription, Work work) {
        this.subscription = subscription;
        this.work = work;
        this.failingSince = subscription.health().failingSince();
    }

    Subscription subscription() {
        return subscription;
    }

    /// @param nowCatchingUp it was enabled again, here or elsewhere, and something may wait for it still
    void change(Subscription changed, boolean nowCatchingUp) {
        if (changed.health().pausedUntil().isEmpty()) {
            circuit.endPause(work.clock().instant());
        }
        subscription = changed;
        if (changed.health().enabled() || !changed.health().accepts()) {
            probing = false;
        }
        catchingUp |= changed.health().enabled() && nowCatchingUp;
        if (changed.health().enabled() && changed.health().failingSince().isEmpty()) {
            failingSince = Optional.empty();
            circuit.succeeded();
        }
    }

    /// Until when new events have to wait; empty when they may go.
    Optional<Instant> blockedUntil(Instant now) {
        if (!subscription.health().enabled() || subscription.standsStill().isPresent()) {
            return Optional.of(now);
        }
        return circuit.blockedUntil(now)
                .or(() -> subscription.health().pausedUntil().filter(now::isBefore));
    }

    /// The same for what has been loaded, which may be a probe.
    Optional<Instant> stoppedUntil(Instant now) {
        return probing && subscription.standsStill().isEmpty()
                ? Optional.empty()
                : blockedUntil(now);
    }

    /// Whether only one request at a time may go out.
    boolean takesOneOnly(Instant now) {
        return probing || circuit.isProbing(now);
    }

    boolean isProbeDue(Instant now) {
        EndpointHealth health = subscription.health();
        if (health.enabled()
                || !health.accepts()
                || probing
                || subscription.standsStill().isPresent()) {
            return false;
        }
        Instant last = health.disabledAt().orElse(Instant.EPOCH);
        if (probedAt.isPresent() && probedAt.get().isAfter(last)) {
            last = probedAt.get();
        }
        return !now.isBefore(last.plus(probePause(health)));
    }

    static Duration probePause(EndpointHealth health) {
        return health.disabledReason().equals(Optional.of(EndpointHealth.REASON_GONE))
                ? GONE_PROBED_EVERY
                : PROBED_EVERY;
    }

    /// What is sent next from here, or by another node, shows whether the endpoint is well again.
    void probe(Instant now, boolean here) {
        probing = here;
        probedAt = Optional.of(now);
    }

    boolean isProbing() {
        return probing;
    }

    void endProbe() {
        probing = false;
    }

    /// Whether what has waited goes out at a capped rate.
    boolean isCatchingUp() {
        return catchingUp;
    }

    void caughtUp() {
        if (catchingUp && subscription.health().enabled()) {
            catchingUp = false;
            work.record(new HealthChange.CaughtUp(subscription.client(), subscription.id()));
        }
    }

    void succeeded() {
        circuit.succeeded();
        if (probing) {
            subscription = subscription.with(EndpointHealth.GOOD, work.clock().instant());
            work.record(new HealthChange.Reenabled(subscription.client(), subscription.id()));
            probing = false;
            catchingUp = true;
        } else if (subscription.health().failingSince().isPresent()) {
            work.record(new HealthChange.Recovered(subscription.client(), subscription.id()));
        }
        failingSince = Optional.empty();
    }

    void failed(Instant now) {
        noteFailing(now, circuit.failed(now));
    }

    /// Returns until when the endpoint is left in peace.
    Instant busy(Instant now, Optional<Instant> asked) {
        noteFailing(now, circuit.open(now, asked));
        return circuit.blockedUntil(now).orElse(now);
    }

    void disable(String reason, Instant now) {
        if (!subscription.health().enabled()) {
            return;
        }
        subscription = subscription.with(EndpointHealth.disabled(reason, now), now);
        work.record(new HealthChange.Disabled(subscription.client(), subscription.id(), reason));
    }

    private void noteFailing(Instant now, boolean opened) {
        Instant since = failingSince.orElse(now);
        failingSince = Optional.of(since);
        if (subscription.health().enabled() && since.isBefore(now.minus(FAILING_MAX))) {
            disable(EndpointHealth.REASON_FAILING, now);
            return;
        }
        boolean noted = subscription.health().failingSince().isPresent();
        if (opened || (!noted && since.isBefore(now.minus(FAILING_NOTED_AFTER)))) {
            work.record(
                    new HealthChange.Failing(
                            subscription.client(),
                            subscription.id(),
                            since,
                            circuit.blockedUntil(now)));
        }
    }
}
