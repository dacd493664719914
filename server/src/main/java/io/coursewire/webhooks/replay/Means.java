package io.coursewire.webhooks.replay;

import io.coursewire.webhooks.SubscriptionStore;
import io.coursewire.webhooks.delivery.Courier;
import io.coursewire.webhooks.delivery.Paces;
import java.time.InstantSource;
import org.jdbi.v3.core.Jdbi;

/// What replays are sent with.
public record Means(
        Jdbi jdbi,
        SubscriptionStore subscriptions,
        Courier courier,
        Paces paces,
        InstantSource clock) {}
