package io.coursewire.catalog;

import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.Json;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Every SQL statement about clients. The caller owns the transaction.
final class ClientStore {
    private static final String COLUMNS =
            "client_id, name, default_language, return_origins, settings";

    Optional<Client> find(Handle db, ClientId client) {
        return db.createQuery("SELECT " + COLUMNS + " FROM client WHERE client_id = :client")
                .bind("client", client.value())
                .map((row, _) -> read(row))
                .findOne();
    }

    List<Client> list(Handle db, String after, int limit) {
        return db.createQuery(
                        "SELECT "
                                + COLUMNS
                                + """
                                 FROM client WHERE client_id COLLATE "C" > :after
                                ORDER BY client_id COLLATE "C" LIMIT :limit
                                """)
                .bind("after", after)
                .bind("limit", limit)
                .map((row, _) -> read(row))
                .list();
    }

    /// True when the client is new.
    boolean put(Handle db, Client client, Instant now) {
        return db.createQuery(
                        """
                        INSERT INTO client
                            (client_id, name, default_language, return_origins, settings, created_at, updated_at)
                        VALUES (:client, :name, :language, :origins, :settings::jsonb, :now::timestamptz, :now::timestamptz)
                        ON CONFLICT (client_id) DO UPDATE SET
                            name = excluded.name, default_language = excluded.default_language,
                            return_origins = excluded.return_origins, settings = excluded.settings,
                            updated_at = excluded.updated_at
                        RETURNING xmax = 0 AS created
                        """)
                .bind("client", client.id().value())
                .bind("name", client.name())
                .bind("language", client.defaultLanguage().tag())
                .bindArray(
                        "origins",
                        String.class,
                        client.returnOrigins().stream().map(ReturnOrigin::text).toList())
                .bind("settings", Json.MAPPER.writeValueAsString(client.settings().json()))
                .bind("now", now.toString())
                .mapTo(boolean.class)
                .one();
    }

    private static Client read(ResultSet row) throws SQLException {
        var origins = (String[]) row.getArray("return_origins").getArray();
        return new Client(
                new ClientId(row.getString("client_id")),
                row.getString("name"),
                new Language(row.getString("default_language")),
                Arrays.stream(origins).map(ReturnOrigin::new).toList(),
                ClientSettings.stored(row.getString("settings").getBytes(StandardCharsets.UTF_8)));
    }
}
