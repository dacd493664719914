package io.coursewire.catalog;

import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.Cursor;
import io.coursewire.kernel.Page;
import io.coursewire.kernel.UserId;
import java.time.Clock;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// Brings participants in, changes and finds them.
public final class Participants {
    /// `created` tells a new participant from one whose details were replaced.
    public record Put(Participant participant, boolean created) {}

    private final ParticipantStore store = new ParticipantStore();
    private final Jdbi jdbi;
    private final Clock clock;

    public Participants(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    public Put put(ClientId client, String username, Participant.Details details) {
        var participant = new Participant(UserId.next(), username, details);
        return jdbi.inTransaction(db -> store.put(db, client, participant, clock.instant()));
    }

    /// As the participant is, merged or not.
    public Optional<Participant> find(ClientId client, String username) {
        return jdbi.withHandle(db -> store.byUsername(db, client, username));
    }

    /// Of one who was merged the other.
    public Optional<Participant> find(ClientId client, UserRef user) {
        return jdbi.withHandle(
                db ->
                        (switch (user) {
                                    case UserRef.ById by -> store.byId(db, client, by.id());
                                    case UserRef.ByUsername by ->
                                            store.byUsername(db, client, by.username());
                                })
                                .flatMap(found -> survivor(db, client, found)));
    }

    private Optional<Participant> survivor(Handle db, ClientId client, Participant found) {
        return found.merged().isEmpty()
                ? Optional.of(found)
                : store.byId(db, client, found.merged().get().into());
    }

    /// By username.
    public Page<Participant> list(ClientId client, int limit, Optional<String> cursor) {
        var after = cursor.map(text -> Cursor.parse(text, 1).parts().getFirst()).orElse("");
        var found = jdbi.withHandle(db -> store.list(db, client, after, limit + 1));
        return Page.of(found, limit, last -> Cursor.of(last.username()));
    }
}
