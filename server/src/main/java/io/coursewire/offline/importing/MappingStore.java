package io.coursewire.offline.importing;

import io.coursewire.kernel.ClientId;
import io.coursewire.offline.importing.Mappings.Named;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// The SQL of mappings. The caller owns the transaction.
final class MappingStore {
    boolean put(Handle db, ClientId client, Named mapping, int keptMax, Instant now) {
        return db.createUpdate(
                                """
                                INSERT INTO offline_mapping (client_id, name, mapping, updated_at)
                                SELECT :client, :name, :mapping::jsonb, :now::timestamptz
                                WHERE (SELECT count(*) FROM offline_mapping
                                       WHERE client_id = :client AND name <> :name) < :max
                                ON CONFLICT (client_id, name) DO UPDATE SET
                                    mapping = excluded.mapping, updated_at = excluded.updated_at
                                """)
                        .bind("client", client.value())
                        .bind("name", mapping.name())
                        .bind("mapping", mapping.json())
                        .bind("max", keptMax)
                        .bind("now", now.toString())
                        .execute()
                == 1;
    }

    Optional<Named> find(Handle db, ClientId client, String name) {
        return db.createQuery(
                        "SELECT mapping FROM offline_mapping WHERE client_id = :client AND name = :name")
                .bind("client", client.value())
                .bind("name", name)
                .map((row, _) -> new Named(name, row.getString("mapping")))
                .findOne();
    }

    List<Named> list(Handle db, ClientId client) {
        return db.createQuery(
                        "SELECT name, mapping FROM offline_mapping WHERE client_id = :client ORDER BY name")
                .bind("client", client.value())
                .map((row, _) -> new Named(row.getString("name"), row.getString("mapping")))
                .list();
    }

    boolean delete(Handle db, ClientId client, String name) {
        return db.createUpdate(
                                "DELETE FROM offline_mapping WHERE client_id = :client AND name = :name")
                        .bind("client", client.value())
                        .bind("name", name)
                        .execute()
                == 1;
    }
}
