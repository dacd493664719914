package io.coursewire.catalog;

import io.coursewire.kernel.ClientId;
import java.time.Clock;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// Forgets who a person was, everywhere and at once, and keeps how the training went.
public final class AnonymiseParticipant {
    private final ParticipantStore store = new ParticipantStore();
    private final Identities identities = new Identities();
    private final Jdbi jdbi;
    private final Clock clock;
    private final List<PersonalData> elsewhere;

    public AnonymiseParticipant(Jdbi jdbi, Clock clock, List<PersonalData> elsewhere) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.elsewhere = List.copyOf(elsewhere);
    }

    /// False when the client has no such participant. The username is free again afterwards, and so are the names of
    /// those who were merged into this one: they are the same person.
    public boolean anonymise(ClientId client, String username) {
        return jdbi.inTransaction(
                db -> {
                    identities.change(db, client);
                    store.merged(db, client, username).forEach(name -> forget(db, client, name));
                    return forget(db, client, username);
                });
    }

    private boolean forget(Handle db, ClientId client, String username) {
        var user = store.anonymise(db, client, username, clock.instant());
        user.ifPresent(
                id ->
                        elsewhere.forEach(
                                data ->
                                        data.anonymise(
                                                db,
                                                client,
                                                id,
                                                Participant.ANONYMISED_PREFIX + id)));
        return user.isPresent();
    }
}
