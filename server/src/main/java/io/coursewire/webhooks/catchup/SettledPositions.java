package io.coursewire.webhooks.catchup;

import io.coursewire.webhooks.Horizon;
import java.time.Duration;
import org.jdbi.v3.core.Jdbi;

/// Up to which position every event has committed or never will. Found out when somebody asks, so that
/// commits pay nothing for it.
final class SettledPositions {
    private static final int LOOKS_MAX = 10;
    private static final Duration PAUSE = Duration.ofMillis(5);

    private final Jdbi jdbi;
    private final FeedReadStore store = new FeedReadStore();
    private final Horizon horizon = new Horizon();

    SettledPositions(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /// Waits a moment for what is being committed; a transaction that takes longer holds the answer back,
    /// not the caller.
    long upTo() {
        long drawn = jdbi.withHandle(store::drawn);
        long settled = look();
        for (int looks = 1; settled < drawn && looks < LOOKS_MAX; looks++) {
            pause();
            settled = look();
        }
        return settled;
    }

    private synchronized long look() {
        see();
        if (horizon.lacksTransaction()) {
            horizon.transactionBegan(jdbi.inTransaction(store::transaction));
            see();
        }
        return horizon.settled();
    }

    private void see() {
        var snapshot = jdbi.withHandle(store::snapshot);
        horizon.see(snapshot.oldestRunning(), snapshot.lastDrawn());
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
