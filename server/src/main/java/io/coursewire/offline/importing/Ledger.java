package io.coursewire.offline.importing;

import io.coursewire.attempts.DataSource;
import io.coursewire.attempts.Existing;
import io.coursewire.attempts.Existing.Pair;
import io.coursewire.kernel.AttemptId;
import io.coursewire.kernel.ClientId;
import io.coursewire.offline.importing.DecideRules.Facts;
import io.coursewire.offline.importing.DecideRules.Situation;
import io.coursewire.offline.importing.RecordStore.Seen;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/// What is there while a batch is decided, row by row: attempts by number, rows by identity, and what the rows before
/// in the same batch add to it.
final class Ledger {
    private final ClientId client;
    private final ImportId current;
    private final Options options;
    private final Map<UUID, Known> known;
    private final Map<AttemptId, Target> targets = new HashMap<>();
    private final Map<Pair, TreeMap<Integer, AttemptId>> numbers = new HashMap<>();
    private final Map<AttemptId, Long> claims;

    Ledger(
            Import job,
            Collection<Existing> existing,
            Map<UUID, Known> known,
            Map<AttemptId, Long> claims) {
        this.client = job.client();
        this.current = job.id();
        this.options = job.task().options();
        this.known = new HashMap<>(known);
        this.claims = new HashMap<>(claims);
        for (var attempt : existing) {
            targets.put(attempt.attempt(), Target.of(attempt));
            at(attempt.pair()).put(attempt.number(), attempt.attempt());
        }
    }

    /// Rows of a dry run's earlier batches: attempts that would be.
    void addSeen(List<Seen> seen) {
        for (var row : seen) {
            var would = new AttemptId(row.identity());
            at(row.pair()).putIfAbsent(row.number(), would);
            claims.put(would, row.line());
        }
    }

    Verdict decide(Resolved.Found row) {
        var before = Optional.ofNullable(known.get(row.identity()));
        var there =
                before.map(Known::attempt)
                        .or(() -> row.row().number().map(at(row.pair())::get))
                        .flatMap(Optional::ofNullable);
        var result = row.row().result();
        var facts =
                new Facts(
                        client,
                        row.pair(),
                        row.fingerprint(),
                        row.row().number(),
                        result.completed().or(result::started));
        return DecideRules.decide(
                new Situation(
                        current,
                        options,
                        facts,
                        before,
                        there.flatMap(id -> target(id, row)),
                        there.map(claims::get),
                        next(row.pair())));
    }

    /// From now on the row is taken, as this attempt.
    void take(Resolved.Found row, AttemptId attempt, int number) {
        at(row.pair()).put(number, attempt);
        note(row, attempt);
    }

    void note(Resolved.Found row, AttemptId attempt) {
        claims.put(attempt, row.row().line());
        known.put(
                row.identity(),
                new Known(generation(row), attempt, row.fingerprint(), current, row.row().line()));
    }

    /// What the row's record would be among those of its identity.
    int generation(Resolved.Found row) {
        var before = known.get(row.identity());
        return before == null ? 0 : before.generation() + 1;
    }

    // One that this batch makes, or a dry run would, is not in the database: what it would be does
    // not matter.
    private Optional<Target> target(AttemptId attempt, Resolved.Found row) {
        return claims.containsKey(attempt) && !targets.containsKey(attempt)
                ? Optional.of(
                        new Target(
                                attempt, row.pair(), DataSource.OFFLINE, Optional.empty(), false))
                : Optional.ofNullable(targets.get(attempt));
    }

    private int next(Pair pair) {
        var taken = at(pair);
        return taken.isEmpty() ? 1 : taken.lastKey() + 1;
    }

    private TreeMap<Integer, AttemptId> at(Pair pair) {
        return numbers.computeIfAbsent(pair, _ -> new TreeMap<>());
    }
}
