package io.coursewire.runtime.launch;

import io.coursewire.attempts.AttemptKey;
import io.coursewire.attempts.DataSource;
import io.coursewire.attempts.StartAttempt;
import io.coursewire.catalog.Identities;
import io.coursewire.kernel.AttemptId;
import io.coursewire.kernel.ItemId;
import org.jdbi.v3.core.Handle;

/// Finds or makes the attempt at an item that a launch delivers.
final class ItemAttempts {
    private final LaunchStore launches = new LaunchStore();
    private final Identities identities = new Identities();
    private final SessionStore sessions = new SessionStore();
    private final StartAttempt startAttempt;

    ItemAttempts(StartAttempt startAttempt) {
        this.startAttempt = startAttempt;
    }

    /// The first delivery of an item in a course attempt makes its attempt.
    AttemptId first(Handle db, Launch known, ItemId item) {
        var launch = hold(db, known);
        return launches.attemptIn(db, launch.client(), launch.courseAttempt().orElseThrow(), item)
                .orElseGet(() -> start(db, launch, item));
    }

    /// Data that goes on continues its attempt, fresh data is the next one.
    AttemptId sequenced(Handle db, Launch known, ItemId item, boolean resumed) {
        var launch = hold(db, known);
        return launches.attemptIn(db, launch.client(), launch.courseAttempt().orElseThrow(), item)
                .filter(id -> resumed || isUnopened(db, new AttemptKey(launch.client(), id)))
                .orElseGet(() -> start(db, launch, item));
    }

    private boolean isUnopened(Handle db, AttemptKey attempt) {
        return sessions.newest(db, attempt).isEmpty();
    }

    // Its participant may have been merged since it was read.
    private Launch hold(Handle db, Launch known) {
        identities.hold(db, known.client());
        var launch = launches.find(db, known.client(), known.id()).orElseThrow();
        startAttempt.hold(db, launch.client(), launch.user(), launch.activity());
        return launch;
    }

    private AttemptId start(Handle db, Launch launch, ItemId item) {
        var subject =
                new StartAttempt.Subject(
                        launch.client(),
                        launch.user(),
                        launch.activity(),
                        item,
                        launch.courseAttempt());
        return startAttempt.start(db, subject, DataSource.ONLINE).key().id();
    }
}
