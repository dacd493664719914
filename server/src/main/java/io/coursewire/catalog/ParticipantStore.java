package io.coursewire.catalog;

import io.coursewire.catalog.Participant.Merged;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// Every SQL statement about participants. The caller owns the transaction. Who was anonymised is found
/// no more.
final class ParticipantStore {
    private static final String SELECT =
            """
            SELECT p.*, s.username AS survivor
            FROM participant p
            LEFT JOIN participant s ON s.client_id = p.client_id AND s.user_id = p.merged_into
            WHERE p.client_id = :client AND p.anonymised_at IS NULL
            """;

    Optional<Participant> byUsername(Handle db, ClientId client, String username) {
        return db.createQuery(SELECT + " AND p.username = :username")
                .bind("client", client.value())
                .bind("username", username)
                .map((row, _) -> read(row))
                .findOne();
    }

    Optional<Participant> byId(Handle db, ClientId client, UserId user) {
        return db.createQuery(SELECT + " AND p.user_id = :user")
                .bind("client", client.value())
                .bind("user", user.value())
                .map((row, _) -> read(row))
                .findOne();
    }

    List<Participant> list(Handle db, ClientId client, String after, int limit) {
        return db.createQuery(
                        SELECT
                                + " AND p.username COLLATE \"C\" > :after ORDER BY p.username COLLATE \"C\" LIMIT :limit")
                .bind("client", client.value())
                .bind("after", after)
                .bind("limit", limit)
                .map((row, _) -> read(row))
                .list();
    }

    Participants.Put put(Handle db, ClientId client, Participant participant, Instant now) {
        var details = participant.details();
        return db.createQuery(
                        """
                        INSERT INTO participant
                            (client_id, user_id, username, first_name, last_name, email, external_id, language,
                             created_at, updated_at)
                        VALUES (:client, :user, :username, :firstName, :lastName, :email, :externalId, :language,
                             :now::timestamptz, :now::timestamptz)
                        ON CONFLICT (client_id, username) DO UPDATE SET
                            first_name = excluded.first_name, last_name = excluded.last_name,
                            email = excluded.email, external_id = excluded.external_id,
                            language = excluded.language, updated_at = excluded.updated_at
                        RETURNING participant.*, xmax = 0 AS created,
                            (SELECT s.username FROM participant s
                             WHERE s.client_id = :client AND s.user_id = participant.merged_into) AS survivor
                        """)
                .bind("client", client.value())
                .bind("user", participant.id().value())
                .bind("username", participant.username())
                .bind("firstName", details.firstName().orElse(null))
                .bind("lastName", details.lastName().orElse(null))
                .bind("email", details.email().orElse(null))
                .bind("externalId", details.externalId().orElse(null))
                .bind("language", details.language().map(Language::tag).orElse(null))
                .bind("now", now.toString())
                .map((row, _) -> new Participants.Put(read(row), row.getBoolean("created")))
                .one();
    }

    /// Takes everything personal from the row; empty when there is no such participant.
    Optional<UserId> anonymise(Handle db, ClientId client, String username, Instant now) {
        return db.createQuery(
                        """
                        UPDATE participant SET
                            username = :prefix || user_id, first_name = NULL, last_name = NULL, email = NULL,
                            external_id = NULL, language = NULL,
                            merged_into = NULL, merged_at = NULL, merged_by = NULL, merged_reason = NULL,
                            anonymised_at = :now::timestamptz, updated_at = :now::timestamptz
                        WHERE client_id = :client AND username = :username AND anonymised_at IS NULL
                        RETURNING user_id
                        """)
                .bind("prefix", Participant.ANONYMISED_PREFIX)
                .bind("client", client.value())
                .bind("username", username)
                .bind("now", now.toString())
                .map((row, _) -> new UserId(row.getObject("user_id", UUID.class)))
                .findOne();
    }

    /// The names of those who were merged into this one.
    List<String> merged(Handle db, ClientId client, String username) {
        return db.createQuery(
                        """
                        SELECT m.username FROM participant p
                        JOIN participant m ON m.client_id = p.client_id AND m.merged_into = p.user_id
                        WHERE p.client_id = :client AND p.username = :username
                        """)
                .bind("client", client.value())
                .bind("username", username)
                .mapTo(String.class)
                .list();
    }

    private static Participant read(ResultSet row) throws SQLException {
        return new Participant(
                new UserId(row.getObject("user_id", UUID.class)),
                row.getString("username"),
                new Participant.Details(
                        text(row, "first_name"),
                        text(row, "last_name"),
                        text(row, "email"),
                        text(row, "external_id"),
                        text(row, "language").map(Language::new)),
                merged(row));
    }

    private static Optional<Merged> merged(ResultSet row) throws SQLException {
        var into = Optional.ofNullable(row.getObject("merged_into", UUID.class));
        return into.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Merged(
                                new UserId(into.get()),
                                row.getString("survivor"),
                                row.getObject("merged_at", OffsetDateTime.class).toInstant(),
                                row.getString("merged_by"),
                                row.getString("merged_reason")));
    }

    private static Optional<String> text(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }
}
