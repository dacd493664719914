package io.coursewire.webhooks.delivery;

import io.coursewire.storage.Database;
import io.coursewire.webhooks.SubscriptionStore;
import io.coursewire.webhooks.watch.Alert;
import io.coursewire.webhooks.watch.Alerts;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stores how endpoints fare, all that was seen since the last time at once, and tells operators. Used by one thread.
final class RememberHealth {
    private static final Logger LOG = LoggerFactory.getLogger(RememberHealth.class);

    private final Jdbi jdbi;
    private final SubscriptionStore subscriptions;
    private final InstantSource clock;
    private final Alerts alerts;
    private final Queue<HealthChange> unremembered = new ArrayDeque<>();

    RememberHealth(Jdbi jdbi, SubscriptionStore subscriptions, InstantSource clock) {
        this.jdbi = jdbi;
        this.subscriptions = subscriptions;
        this.clock = clock;
        this.alerts = new Alerts(clock);
    }

    /// What cannot be stored for now is stored with the next; what never can be is left out.
    void remember(List<HealthChange> changes) {
        changes.forEach(this::add);
        if (unremembered.isEmpty()) {
            return;
        }
        try {
            jdbi.useTransaction(db -> unremembered.forEach(change -> remember(db, change)));
            unremembered.clear();
        } catch (RuntimeException e) {
            if (Database.isPassing(e)) {
                throw e;
            }
            rememberEach();
        }
    }

    /// What is no longer so by the time it is stored need not be.
    private void add(HealthChange change) {
        if (change instanceof HealthChange.Failing || change instanceof HealthChange.Recovered) {
            unremembered.removeIf(
                    earlier ->
                            earlier.endpoint().equals(change.endpoint())
                                    && (earlier instanceof HealthChange.Failing
                                            || earlier.equals(change)));
        }
        unremembered.add(change);
    }

    private void rememberEach() {
        for (var next = unremembered.peek(); next != null; next = unremembered.peek()) {
            remember(next);
            unremembered.remove();
        }
    }

    private void remember(HealthChange change) {
        try {
            jdbi.useTransaction(db -> remember(db, change));
        } catch (RuntimeException e) {
            if (Database.isPassing(e)) {
                throw e;
            }
            LOG.atError()
                    .setCause(e)
                    .addKeyValue("webhook", change.endpoint())
                    .log("how a webhook fares cannot be stored");
        }
    }

    private void remember(Handle db, HealthChange change) {
        switch (change) {
            case HealthChange.Failing f ->
                    subscriptions.failing(db, f.client(), f.endpoint(), f.since(), f.pausedUntil());
            case HealthChange.Recovered r -> subscriptions.recovered(db, r.client(), r.endpoint());
            case HealthChange.CaughtUp c -> subscriptions.caughtUp(db, c.client(), c.endpoint());
            case HealthChange.Disabled d -> {
                if (subscriptions.disable(
                        db, d.client(), d.endpoint(), d.reason(), clock.instant())) {
                    tell(
                            db,
                            Alert.Kind.ENDPOINT_DISABLED,
                            d,
                            "the webhook is disabled: it " + d.reason());
                }
            }
            case HealthChange.Reenabled r -> {
                subscriptions.enable(db, r.client(), r.endpoint());
                tell(
                        db,
                        Alert.Kind.ENDPOINT_ENABLED,
                        r,
                        "the webhook is enabled again: a probe arrived");
            }
        }
    }

    private void tell(Handle db, Alert.Kind kind, HealthChange change, String detail) {
        alerts.tell(
                db,
                new Alert(
                        kind, change.endpoint().toString(), Optional.of(change.client()), detail));
    }
}
