package io.coursewire.webhooks.catchup;

import io.coursewire.kernel.ClientId;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/// The events of a client in the order of their positions, for those who want to be sure that they have
/// them all.
///
/// An event whose transaction committed late is never skipped: the feed ends where every position is
/// decided ([SettledPositions]).
public final class ReadFeed {
    /// A page ends before it grows larger, except that it holds at least one event.
    public static final long PAGE_BYTES_MAX = 8L * 1024 * 1024;

    private final Jdbi jdbi;
    private final SettledPositions settled;
    private final FeedReadStore store = new FeedReadStore();

    public ReadFeed(Jdbi jdbi) {
        this.jdbi = jdbi;
        this.settled = new SettledPositions(jdbi);
    }

    /// The first `limit` events after a position; without one, from the oldest that is stored.
    public FeedPage read(ClientId client, Optional<Long> after, int limit) {
        long end = settled.upTo();
        long start = after.orElse(0L);
        // What this feed gave, on whatever node, was drawn before it was asked for.
        if (start > end && start > jdbi.withHandle(store::drawn)) {
            return new FeedPage.Ahead(end);
        }
        List<FeedItem> items =
                jdbi.withHandle(db -> store.read(db, client, start, end, limit, PAGE_BYTES_MAX));
        // Asked for afterwards: days are dropped at any time, this number is written with them.
        long dropped = jdbi.withHandle(db -> store.dropped(db, client));
        if (after.isPresent() && start < dropped) {
            return new FeedPage.TooOld(dropped);
        }
        return new FeedPage.Events(items, next(items, limit, start, end));
    }

    // A page that is not full has seen everything up to the end, also what was not this client's.
    private static long next(List<FeedItem> items, int limit, long start, long end) {
        long last = items.isEmpty() ? start : items.getLast().position();
        long bytes = items.stream().mapToLong(item -> item.data().length).sum();
        boolean full = items.size() == limit || bytes >= PAGE_BYTES_MAX;
        return full ? last : Math.max(start, Math.max(last, end));
    }
}
