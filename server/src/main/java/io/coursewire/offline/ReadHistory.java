package io.coursewire.offline;

import io.coursewire.attempts.Payload;
import io.coursewire.attempts.ReadAttempts;
import io.coursewire.kernel.AttemptId;
import io.coursewire.kernel.ClientId;
import io.coursewire.offline.Change.Cause;
import io.coursewire.offline.HistoryRules.Told;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/// Reads how an attempt came to be what it is: every version with its time, cause and author.
public final class ReadHistory {
    public static final int VERSIONS_MAX = 1_000;

    /// What was told of an attempt; another feature keeps it, and `app` plugs it in.
    public interface Events {
        void read(ClientId client, AttemptId attempt, int limit, Reader reader);

        /// Called with each event, by version.
        interface Reader {
            void told(String event, long version, Instant at, byte[] attempt);
        }
    }

    private final ChangeStore changes = new ChangeStore();
    private final Jdbi jdbi;
    private final ReadAttempts attempts;
    private final Events events;

    public ReadHistory(Jdbi jdbi, ReadAttempts attempts, Events events) {
        this.jdbi = jdbi;
        this.attempts = attempts;
        this.events = events;
    }

    /// By version, the oldest first; empty when there is no such attempt and an import took none back. One that was
    /// taken back ends with what it said last.
    public Optional<List<Version>> of(ClientId client, AttemptId attempt) {
        return attempts.get(client, attempt)
                .or(() -> takenBack(client, attempt))
                .map(now -> versions(client, attempt, now));
    }

    private Optional<Payload> takenBack(ClientId client, AttemptId attempt) {
        var byHand = jdbi.withHandle(db -> changes.of(db, client, attempt));
        return byHand.reversed().stream()
                .limit(1)
                .filter(change -> change.why().cause() == Cause.UNDONE)
                .flatMap(change -> change.before().stream())
                .findFirst();
    }

    private List<Version> versions(ClientId client, AttemptId attempt, Payload now) {
        var told = new ArrayList<Told>();
        events.read(
                client,
                attempt,
                VERSIONS_MAX,
                (event, version, at, payload) ->
                        told.add(new Told(event, version, at, new Payload(payload))));
        var byHand = new ArrayList<Change>();
        jdbi.useHandle(
                db -> {
                    changes.imported(db, client, attempt).ifPresent(byHand::add);
                    byHand.addAll(changes.of(db, client, attempt));
                });
        return HistoryRules.versions(told, byHand, now);
    }
}
