package io.coursewire.catalog;

import io.coursewire.kernel.BriefMemory;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.Cursor;
import io.coursewire.kernel.Page;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/// Brings clients in, changes and finds them. They are read on every request, so what was found is
/// remembered: a change by another node is seen after [#REMEMBERED] at the latest.
public final class Clients {
    public static final Duration REMEMBERED = Duration.ofSeconds(5);

    private final ClientStore store = new ClientStore();
    private final BriefMemory<ClientId, Client> memory = new BriefMemory<>(REMEMBERED);
    private final Jdbi jdbi;
    private final Clock clock;

    public Clients(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /// True when the client is new; else what was known of it is replaced.
    public boolean put(Client client) {
        boolean created = jdbi.inTransaction(db -> store.put(db, client, clock.instant()));
        memory.forget(client.id());
        return created;
    }

    public Optional<Client> find(ClientId client) {
        return memory.get(client, id -> jdbi.withHandle(db -> store.find(db, id)));
    }

    public boolean exist(ClientId client) {
        return find(client).isPresent();
    }

    /// By id.
    public Page<Client> list(int limit, Optional<String> cursor) {
        var after = cursor.map(text -> Cursor.parse(text, 1).parts().getFirst()).orElse("");
        var found = jdbi.withHandle(db -> store.list(db, after, limit + 1));
        return Page.of(found, limit, last -> Cursor.of(last.id()));
    }
}
