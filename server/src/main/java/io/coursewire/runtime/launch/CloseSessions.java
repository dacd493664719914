package io.coursewire.runtime.launch;

import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.LaunchId;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.jdbi.v3.core.Jdbi;

/// Ends sessions from the server's side: those that give no sign of life, and those of a revoked link.
public final class CloseSessions {
    private static final int AT_ONCE_MAX = 200;

    private final LaunchStore launches = new LaunchStore();
    private final SessionStore sessions = new SessionStore();
    private final Jdbi jdbi;
    private final RecordCommits recordCommits;
    private final Clock clock;

    public CloseSessions(Jdbi jdbi, RecordCommits recordCommits, Clock clock) {
        this.jdbi = jdbi;
        this.recordCommits = recordCommits;
        this.clock = clock;
    }

    /// Closes the sessions that have been silent for so long; returns how many. Run again at once while
    /// it returns any.
    public int closeSilent(Duration silence) {
        var since = clock.instant().minus(silence);
        var silent = jdbi.withHandle(db -> sessions.silentSince(db, since, AT_ONCE_MAX));
        close(
                silent,
                CloseCause.SILENT,
                s -> s.closed().isEmpty() && s.lastSeenAt().isBefore(since));
        return silent.size();
    }

    /// False where there is no such launch. Its sessions are closed before it is withdrawn, so that none outlives a
    /// failure in between, and after it once more, as one may have been opened meanwhile.
    public boolean revoke(ClientId client, LaunchId launch) {
        closeOf(client, launch);
        var known =
                jdbi.inTransaction(
                        db -> {
                            launches.revoke(db, client, launch, clock.instant());
                            return launches.find(db, client, launch).isPresent();
                        });
        closeOf(client, launch);
        return known;
    }

    private void closeOf(ClientId client, LaunchId launch) {
        close(
                jdbi.withHandle(db -> sessions.unfinishedOf(db, client, launch)),
                CloseCause.REVOKED,
                s -> s.closed().filter(CloseCause::isForGood).isEmpty());
    }

    private void close(List<Session.Of> open, CloseCause cause, Predicate<Session> stillDue) {
        if (!open.isEmpty()) {
            jdbi.useTransaction(db -> recordCommits.close(db, open, cause, stillDue));
            recordCommits.committed();
        }
    }
}
