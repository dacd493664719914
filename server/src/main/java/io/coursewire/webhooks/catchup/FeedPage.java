package io.coursewire.webhooks.catchup;

import java.util.List;

/// What the feed answers.
public sealed interface FeedPage {
    /// Every event of the client after the asked position up to `nextPosition`, or the first of them.
    record Events(List<FeedItem> items, long nextPosition) implements FeedPage {
        public Events {
            items = List.copyOf(items);
        }
    }

    /// Events after the asked position are no longer stored; those after `oldestPosition` are.
    record TooOld(long oldestPosition) implements FeedPage {}

    /// No event ever had the asked position: it was read before a backup took the place of the database, or
    /// elsewhere. The feed ends at `lastPosition`.
    record Ahead(long lastPosition) implements FeedPage {}
}
