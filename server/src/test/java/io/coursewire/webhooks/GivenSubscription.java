package io.coursewire.webhooks;

import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.SecretKey;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;

/// Subscriptions for tests, straight into the table.
public final class GivenSubscription {
    private GivenSubscription() {}

    public static Subscription insert(
            Jdbi jdbi, SecretKey key, ClientId client, String url, String... events) {
        return insert(jdbi, key, client, settings(url, Optional.empty(), events));
    }

    public static Subscription insert(
            Jdbi jdbi, SecretKey key, ClientId client, SubscriptionSettings settings) {
        var subscription = of(client, settings);
        jdbi.useTransaction(db -> new SubscriptionStore(key).insert(db, subscription));
        return subscription;
    }

    /// In no table.
    public static Subscription of(ClientId client, SubscriptionSettings settings) {
        Instant now = Instant.now();
        return new Subscription(
                client,
                EndpointId.next(),
                settings,
                SubscriptionSecrets.first(Credentials.NONE),
                EndpointHealth.GOOD,
                now,
                now);
    }

    public static SubscriptionSettings settings(
            String url, Optional<Integer> perSecond, String... events) {
        return new SubscriptionSettings(
                url,
                Optional.empty(),
                events.length == 0 ? Set.of(EventType.EVERY) : Set.of(events),
                Format.ATTEMPT_STATUS,
                Filter.NONE,
                Set.of("v1"),
                Optional.empty(),
                perSecond);
    }

    public static void delete(Jdbi jdbi, SecretKey key, Subscription subscription) {
        jdbi.useTransaction(
                db ->
                        new SubscriptionStore(key)
                                .delete(
                                        db,
                                        subscription.client(),
                                        subscription.id(),
                                        Instant.now()));
    }

    public static Subscription read(Jdbi jdbi, SecretKey key, Subscription subscription) {
        return jdbi.withHandle(
                        db ->
                                new SubscriptionStore(key)
                                        .find(db, subscription.client(), subscription.id()))
                .orElseThrow();
    }

    public static void update(Jdbi jdbi, SecretKey key, Subscription subscription) {
        jdbi.useTransaction(db -> new SubscriptionStore(key).update(db, subscription));
    }
}
