package io.coursewire.offline.importing;

import io.coursewire.kernel.ClientId;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/// Remembers how a client's sources write their results. The mapping named `default` is used where an import names
/// none.
public final class Mappings {
    public static final String DEFAULT = "default";
    public static final int KEPT_MAX = 200;
    public static final String NAME_FORM = "1 to 64 of a-z, 0-9, - and _";

    /// A name and a mapping in its JSON form.
    public record Named(String name, String json) {}

    private final MappingStore store = new MappingStore();
    private final Jdbi jdbi;
    private final Clock clock;

    public Mappings(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    public static boolean isName(String text) {
        return text.matches("[a-z0-9_-]{1,64}");
    }

    /// False when the client has as many as it may, and none of this name.
    public boolean put(ClientId client, Named mapping) {
        return jdbi.inTransaction(db -> store.put(db, client, mapping, KEPT_MAX, clock.instant()));
    }

    public Optional<Named> find(ClientId client, String name) {
        return jdbi.withHandle(db -> store.find(db, client, name));
    }

    /// By name, all of them.
    public List<Named> list(ClientId client) {
        return jdbi.withHandle(db -> store.list(db, client));
    }

    /// False when there was none.
    public boolean delete(ClientId client, String name) {
        return jdbi.inTransaction(db -> store.delete(db, client, name));
    }
}
