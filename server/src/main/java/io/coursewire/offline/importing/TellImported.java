package io.coursewire.offline.importing;

import io.coursewire.attempts.Attempt;
import io.coursewire.attempts.AttemptKey;
import io.coursewire.attempts.GiveResults;
import io.coursewire.attempts.RecordReport;
import io.coursewire.offline.importing.TellingStore.Pace;
import java.time.Duration;
import java.util.LinkedHashMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// Tells subscribers of imported results, at each import's own pace, so that live events never wait behind a history.
public final class TellImported {
    /// How often a round is to be made.
    public static final Duration PAUSE = Duration.ofMillis(200);

    private final TellingStore store = new TellingStore();
    private final Jdbi jdbi;
    private final GiveResults giveResults;
    private final RecordReport recordReport;

    public TellImported(Jdbi jdbi, GiveResults giveResults, RecordReport recordReport) {
        this.jdbi = jdbi;
        this.giveResults = giveResults;
        this.recordReport = recordReport;
    }

    /// One round: of every import what its pace allows in the pause between two. Answers how many were told.
    public int round() {
        int told = 0;
        for (var pace : jdbi.withHandle(store::paces)) {
            told += jdbi.inTransaction(db -> tell(db, pace));
        }
        if (told > 0) {
            recordReport.committed();
        }
        return told;
    }

    /// How many a pace allows in the pause between two rounds.
    static int perRound(int perSecond) {
        return (int) Math.max(1, perSecond * PAUSE.toMillis() / 1000);
    }

    // Attempts first, here as everywhere: an import that replaces, and one that is undone, write
    // what is to be told
    // with the attempt locked.
    private int tell(Handle db, Pace pace) {
        var due = store.due(db, pace.client(), pace.by(), perRound(pace.perSecond()));
        var keys = due.stream().map(one -> new AttemptKey(pace.client(), one)).toList();
        var locked = recordReport.lock(db, keys);
        giveResults.holdOf(db, locked.values());
        var taken = store.take(db, pace.client(), pace.by(), due);
        var versions = new LinkedHashMap<Attempt, Long>();
        for (var one : taken) {
            var attempt = locked.get(new AttemptKey(pace.client(), one.attempt()));
            if (attempt != null) {
                versions.put(attempt, one.version());
            }
        }
        giveResults.tell(db, versions);
        return taken.size();
    }
}
