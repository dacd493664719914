package io.coursewire.webhooks.delivery;

import io.coursewire.webhooks.delivery.LaneStore.LaneKey;
import io.coursewire.webhooks.delivery.RecordStore.FannedOut;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/// Records a batch of outcomes: a few statements, whatever the size of the batch.
final class RecordOutcomes {
    private final InstantSource clock;
    private final RecordStore records;
    private final LaneStore lanes = new LaneStore();

    RecordOutcomes(InstantSource clock, int slot) {
        this.clock = clock;
        this.records = new RecordStore(slot);
    }

    /// Runs in the caller's transaction, which holds the epochs of every outcome's bucket.
    void record(Handle db, List<Outcome> outcomes) {
        Instant now = clock.instant();
        var sorted = new Sorted();
        outcomes.forEach(sorted::add);
        unlessEmpty(sorted.fates, fates -> records.settle(db, fates, now));
        unlessEmpty(sorted.beginToWait, waiting -> records.await(db, waiting));
        unlessEmpty(sorted.superseding, joined -> records.supersede(db, joined, now));
        unlessEmpty(sorted.waitedFates, fates -> records.settleWaiting(db, fates, now));
        unlessEmpty(sorted.waitingFailed, failed -> records.addTries(db, failed));
        if (!sorted.joined.isEmpty()) {
            lanes.join(db, sorted.joined);
        }
        if (!sorted.parked.isEmpty()) {
            lanes.park(db, sorted.parked);
        }
        if (!sorted.drained.isEmpty()) {
            lanes.free(db, sorted.drained.keySet());
            lanes.keepFailures(db, sorted.drained);
        }
    }

    void countFannedOut(Handle db, List<Flights.Landed> landed) {
        record Day(String client, LocalDate day) {}
        Map<Day, int[]> counts = new HashMap<>();
        for (Flights.Landed one : landed) {
            var event = one.claimed().event();
            int[] count =
                    counts.computeIfAbsent(
                            new Day(event.orderingKey().client().value(), dayOf(event.id())),
                            _ -> new int[2]);
            count[0]++;
            count[1] += one.unwanted() ? 1 : 0;
        }
        List<FannedOut> rows = new ArrayList<>();
        counts.forEach(
                (day, count) ->
                        rows.add(new FannedOut(day.client(), day.day(), count[0], count[1])));
        unlessEmpty(rows, all -> records.countFannedOut(db, all));
    }

    /// The day in UTC that a UUID of version 7 was made on.
    static LocalDate dayOf(UUID id) {
        return Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16)
                .atZone(ZoneOffset.UTC)
                .toLocalDate();
    }

    private static <T> void unlessEmpty(List<T> list, Consumer<List<T>> record) {
        if (!list.isEmpty()) {
            record.accept(list);
        }
    }

    /// The outcomes by what has to be done in the tables.
    private static final class Sorted {
        final List<Outcome.Settled> fates = new ArrayList<>();
        final List<Outcome.Settled> waitedFates = new ArrayList<>();
        final List<Outcome.OfAssignment> beginToWait = new ArrayList<>();
        final List<Outcome.Failed> waitingFailed = new ArrayList<>();
        final List<Outcome.Joined> superseding = new ArrayList<>();
        final Map<LaneKey, Outcome.Failed> parked = new LinkedHashMap<>();
        final Map<LaneKey, Outcome.Joined> joined = new LinkedHashMap<>();
        final Map<LaneKey, Outcome.Drained> drained = new LinkedHashMap<>();

        void add(Outcome outcome) {
            switch (outcome) {
                case Outcome.Settled settled ->
                        (settled.assignment().waiting() ? waitedFates : fates).add(settled);
                case Outcome.Failed failed -> {
                    if (failed.assignment().waiting()) {
                        waitingFailed.add(failed);
                    } else {
                        beginToWait.add(failed);
                    }
                    parked.put(lane(failed), failed);
                }
                case Outcome.Joined join -> {
                    beginToWait.add(join);
                    joined.putIfAbsent(lane(join), join);
                    if (io.coursewire.webhooks.EventType.supersedes(
                            join.assignment().event().type())) {
                        superseding.add(join);
                    }
                }
                case Outcome.Drained lane ->
                        drained.put(new LaneKey(lane.endpoint(), lane.key()), lane);
            }
        }

        private static LaneKey lane(Outcome.OfAssignment outcome) {
            return new LaneKey(outcome.endpoint(), outcome.assignment().event().orderingKey());
        }
    }
}
