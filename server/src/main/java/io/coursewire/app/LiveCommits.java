package io.coursewire.app;

import io.coursewire.runtime.launch.CommitOutcome;
import io.coursewire.runtime.launch.CommitRequest;
import io.coursewire.storage.GroupCommit;
import java.time.Duration;

/// The way of the player's commits, which tells work that can wait whether anybody plays.
final class LiveCommits {
    private static final Duration RECENT = Duration.ofSeconds(1);

    private final GroupCommit<CommitRequest, CommitOutcome> commits;
    private volatile long lastNanos = System.nanoTime() - 2 * RECENT.toNanos();

    LiveCommits(GroupCommit<CommitRequest, CommitOutcome> commits) {
        this.commits = commits;
    }

    CommitOutcome submit(CommitRequest request) {
        lastNanos = System.nanoTime();
        return commits.submit(request);
    }

    /// Whether a commit came within the last second.
    boolean areUnderWay() {
        return System.nanoTime() - lastNanos < RECENT.toNanos();
    }
}
