package io.coursewire.webhooks.delivery;

import io.coursewire.storage.Database;
import io.coursewire.webhooks.Subscription;
import io.coursewire.webhooks.SubscriptionStore.Change;
import io.coursewire.webhooks.watch.Alert;
import io.coursewire.webhooks.watch.Alerts;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells operators of webhooks that stand still for a reason which only people can mend, and when they go on. Used by
/// one thread.
final class TellStandstills {
    private static final Logger LOG = LoggerFactory.getLogger(TellStandstills.class);

    private final Alerts alerts;
    private Optional<Set<String>> raised = Optional.empty();

    TellStandstills(InstantSource clock) {
        this.alerts = new Alerts(clock);
    }

    void tell(Handle db, List<Change> changes) {
        if (raised.isEmpty()) {
            raised = Optional.of(new HashSet<>(alerts.raised(db, Alert.Kind.ENDPOINT_STOPPED)));
        }
        for (Change change : changes) {
            Subscription subscription = change.subscription();
            Optional<String> reason =
                    change.deleted() ? Optional.empty() : subscription.standsStill();
            if (reason.isPresent() != raised.get().contains(subscription.id().toString())) {
                tell(db, subscription, reason);
            }
        }
    }

    private void tell(Handle db, Subscription subscription, Optional<String> reason) {
        String subject = subscription.id().toString();
        var alert =
                new Alert(
                        Alert.Kind.ENDPOINT_STOPPED,
                        subject,
                        Optional.of(subscription.client()),
                        reason.map(
                                        why ->
                                                "the webhook stands still, and what is for it waits: "
                                                        + why)
                                .orElse("the webhook does not stand still any more"));
        try {
            if (reason.isPresent()) {
                db.useTransaction(same -> alerts.raise(same, alert));
                raised.orElseThrow().add(subject);
            } else {
                db.useTransaction(same -> alerts.clear(same, alert));
                raised.orElseThrow().remove(subject);
            }
        } catch (RuntimeException e) {
            if (Database.isPassing(e)) {
                throw e;
            }
            // Deliveries matter more than what is told of them.
            LOG.atError()
                    .setCause(e)
                    .addKeyValue("webhook", subject)
                    .log("operators cannot be told: {}", alert.detail());
        }
    }
}
