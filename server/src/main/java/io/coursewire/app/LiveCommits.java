package io.coursewire.app;

import io.coursewire.app.tracing.Traces;
import io.coursewire.runtime.launch.CommitOutcome;
import io.coursewire.runtime.launch.CommitRequest;
import io.coursewire.storage.GroupCommit;
import java.time.Duration;

/// The way of the player's commits, which tells work that can wait whether anybody plays.
final class LiveCommits {
    private static final Duration RECENT = Duration.ofSeconds(1);

    private final GroupCommit<CommitRequest, CommitOutcome> commits;
    private final Traces traces;
    private volatile long lastNanos = System.nanoTime() - 2 * RECENT.toNanos();

    LiveCommits(GroupCommit<CommitRequest, CommitOutcome> commits, Traces traces) {
        this.commits = commits;
        this.traces = traces;
    }

    CommitOutcome submit(CommitRequest request) {
        lastNanos = System.nanoTime();
        return traces.commit(request, commits::submit);
    }

    /// Whether a commit came within the last second.
    boolean areUnderWay() {
        return System.nanoTime() - lastNanos < RECENT.toNanos();
    }
}
