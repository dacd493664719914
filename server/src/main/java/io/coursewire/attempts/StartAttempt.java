package io.coursewire.attempts;

import io.coursewire.catalog.Identities;
import io.coursewire.kernel.ActivityId;
import io.coursewire.kernel.AttemptId;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.CourseAttemptId;
import io.coursewire.kernel.ItemId;
import io.coursewire.kernel.UserId;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Makes a participant's next attempt at an item. It raises nothing: nobody has opened it yet.
public final class StartAttempt {
    /// Whose attempt it is, at what, and as part of which course attempt (none for offline results).
    public record Subject(
            ClientId client,
            UserId user,
            ActivityId activity,
            ItemId item,
            Optional<CourseAttemptId> courseAttempt) {
        ActivityKey activityKey() {
            return new ActivityKey(client, user, activity);
        }
    }

    private final AttemptStore store = new AttemptStore();
    private final Identities identities = new Identities();
    private final Clock clock;

    public StartAttempt(Clock clock) {
        this.clock = clock;
    }

    /// Holds the participant's roll-up row at the activity to the end of the transaction, so that
    /// what is decided about attempts there stays true.
    public void hold(Handle db, ClientId client, UserId user, ActivityId activity) {
        identities.hold(db, client);
        store.takeProgress(db, client.value(), user, activity);
    }

    /// Numbers are 1, 2, ... per participant and item, without gaps or doubles under races: the roll-up
    /// row is held while one is given.
    public Attempt start(Handle db, Subject subject, DataSource dataSource) {
        var now = clock.instant();
        var client = subject.client().value();
        hold(db, subject.client(), subject.user(), subject.activity());
        int number = store.nextNumber(db, client, subject.user(), subject.item());
        var key = new AttemptKey(subject.client(), AttemptId.next());
        store.insert(db, key, subject, number, dataSource, now);
        var bare = store.lock(db, List.of(key)).get(key);
        var payload = new Payload(AttemptStatusJson.write(bare.status(List.of())));
        var attempt = bare.told(0, payload);
        store.update(db, List.of(attempt), now);
        return attempt;
    }
}
