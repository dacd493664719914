package io.coursewire.webhooks.delivery;

import io.coursewire.webhooks.Horizon;
import io.coursewire.webhooks.OutboxEvent;
import io.coursewire.webhooks.RecentEvents;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// The feed from PostgreSQL: a marker per event that is not done, read beyond a floor.
///
/// The floor only spares the index entries of removed markers; it never passes a position that may
/// still appear ([Horizon]), so it skips nothing. Used by one thread.
final class PgFeed implements EventFeed {
    private static final long NOT_POLLED = -1;

    private final Jdbi jdbi;
    private final Leases leases;
    private final RecentEvents recent;
    private final InstantSource clock;
    private final FeedStore markers = new FeedStore();
    private final EventStore events = new EventStore();
    private final LeaseStore leaseStore = new LeaseStore();

    private final NavigableMap<Long, Integer> bucketOfHandedOut = new TreeMap<>();
    private final Map<Integer, Long> lastDrawnAtGain = new HashMap<>();
    private final Horizon horizon = new Horizon();
    private Share share = Share.NONE;
    private Map<Integer, Long> buckets = Map.of();
    private long floor;

    PgFeed(Jdbi jdbi, Leases leases, RecentEvents recent, InstantSource clock) {
        this.jdbi = jdbi;
        this.leases = leases;
        this.recent = recent;
        this.clock = clock;
    }

    @Override
    public Share look() {
        Share now = leases.share();
        Map<Integer, Long> staying = now.staying();
        bucketOfHandedOut.values().removeIf(b -> !isStillOwned(b, now));
        for (Integer bucket : now.epochs().keySet()) {
            if (!isStillOwned(bucket, now)) {
                lastDrawnAtGain.put(bucket, NOT_POLLED);
                floor = 0;
            }
        }
        if (!buckets.keySet().containsAll(staying.keySet())) {
            // One that was to leave and stays: what came meanwhile was passed over.
            floor = 0;
        }
        share = now;
        buckets = staying;
        return now;
    }

    @Override
    public void giveBack(Set<Integer> idle) {
        leases.giveBack(idle);
    }

    @Override
    public List<Claimed> poll(Room room) {
        return room.isNone() || buckets.isEmpty()
                ? List.of()
                : jdbi.withHandle(db -> poll(db, room));
    }

    @Override
    public Set<Integer> hold(Handle db, Map<Integer, Long> epochs) {
        var held = leaseStore.hold(db, leases.node(), epochs);
        // Not before the commit: after a crash, lost numbers and positions are given anew.
        held.transaction()
                .ifPresent(number -> db.afterCommit(() -> horizon.transactionBegan(number)));
        return held.buckets();
    }

    @Override
    public Set<Long> acknowledge(Handle db, Collection<Claimed> done) {
        List<Long> positions = done.stream().map(Claimed::position).toList();
        Set<Long> removed = markers.remove(db, positions);
        db.afterCommit(() -> positions.forEach(bucketOfHandedOut::remove));
        return removed;
    }

    @Override
    public void close() {
        leases.leave();
    }

    /// Makes the next poll look at every marker, whatever the floor says: the belt to the braces.
    void sweep() {
        floor = 0;
    }

    private boolean isStillOwned(Integer bucket, Share now) {
        return Objects.equals(now.epochs().get(bucket), share.epochs().get(bucket));
    }

    private List<Claimed> poll(Handle db, Room room) {
        // The page may begin with all that is in work beyond the floor.
        int limit = room.events() + bucketOfHandedOut.tailMap(floor, false).size();
        FeedStore.Page page = markers.page(db, floor, buckets.keySet(), limit);
        horizon.see(page.oldestRunning(), page.lastDrawn());
        lastDrawnAtGain.replaceAll((_, drawn) -> drawn == NOT_POLLED ? page.lastDrawn() : drawn);
        List<FeedStore.Marker> taken = take(page.markers(), room);
        List<Claimed> claimed = claim(db, taken);
        // Not before all is at hand: what is noted as handed out does not come again.
        taken.forEach(marker -> bucketOfHandedOut.put(marker.position(), marker.bucket()));
        floor = Math.max(floor, Math.min(horizon.settled(), seenUpTo(page, limit)));
        return claimed;
    }

    private List<FeedStore.Marker> take(List<FeedStore.Marker> seen, Room room) {
        var taken = new ArrayList<FeedStore.Marker>();
        long bytes = 0;
        for (FeedStore.Marker marker : seen) {
            if (bucketOfHandedOut.containsKey(marker.position())) {
                continue;
            }
            bytes += marker.bytes();
            if (!taken.isEmpty() && new Room(taken.size() + 1, bytes).isMoreThan(room)) {
                break;
            }
            taken.add(marker);
        }
        return taken;
    }

    /// The position up to which every marker of the page is handed out.
    private long seenUpTo(FeedStore.Page page, int limit) {
        for (FeedStore.Marker marker : page.markers()) {
            if (!bucketOfHandedOut.containsKey(marker.position())) {
                return marker.position() - 1;
            }
        }
        return page.markers().size() < limit ? Long.MAX_VALUE : page.markers().getLast().position();
    }

    private List<Claimed> claim(Handle db, List<FeedStore.Marker> taken) {
        var found = new HashMap<UUID, OutboxEvent>();
        var now = clock.instant();
        taken.forEach(m -> recent.take(m.event(), now).ifPresent(e -> found.put(m.event(), e)));
        var missing = taken.stream().filter(m -> !found.containsKey(m.event())).map(PgFeed::place);
        events.readable(db, missing.toList()).values().forEach(e -> found.put(e.id(), e));
        // One that cannot be read keeps its marker, for the next owner, and holds up no other.
        return taken.stream()
                .flatMap(
                        m ->
                                Optional.ofNullable(found.get(m.event()))
                                        .map(e -> claimed(m, e))
                                        .stream())
                .toList();
    }

    private static EventStore.Place place(FeedStore.Marker marker) {
        return new EventStore.Place(marker.client(), marker.position(), marker.event());
    }

    private Claimed claimed(FeedStore.Marker marker, OutboxEvent event) {
        boolean again = marker.position() <= lastDrawnAtGain.get(marker.bucket());
        long epoch = buckets.get(marker.bucket());
        return new Claimed(marker.position(), marker.bucket(), epoch, again, event);
    }
}
