package io.coursewire.catalog;

import io.coursewire.catalog.Participant.Details;
import io.coursewire.kernel.ActivityId;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.ItemId;
import io.coursewire.kernel.UserId;
import io.coursewire.storage.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/// The SQL that finds many participants and items at once. The caller owns the transaction.
final class DirectoryStore {
    // Key by key, by the index of the key: with the keys in one condition a plan that was made
    // while the table was small may go through all participants of the client instead.
    private static final String PEOPLE =
            """
            SELECT asked.key, p.*
            FROM (SELECT key FROM unnest(:keys) AS n (key) ORDER BY key) asked
            CROSS JOIN LATERAL (
                SELECT user_id, username, coalesce(external_id, '') AS external_id, merged_into FROM participant
                WHERE client_id = :client AND anonymised_at IS NULL AND %s = asked.key
                FOR KEY SHARE) p
            """;
    private static final String ITEMS =
            """
            SELECT i.item_id, title_in(i.titles, c.default_language) AS title, i.type, i.external_id,
                   y.activity_id, title_in(y.titles, c.default_language) AS activity_title,
                   y.type AS activity_type, y.external_id AS activity_external_id
            FROM client c
            JOIN item i USING (client_id)
            JOIN activity y USING (client_id, activity_id)
            WHERE client_id = :client AND %s
            """;

    /// A participant by the key that was asked for.
    record Named<K>(K key, Person person, Optional<UserId> mergedInto) {}

    List<Named<String>> byUsername(Handle db, ClientId client, Collection<String> usernames) {
        return people(db, "username", client)
                .bindArray("keys", String.class, List.copyOf(usernames))
                .map((row, _) -> named(row.getString("key"), row))
                .list();
    }

    List<Named<UserId>> byId(Handle db, ClientId client, Collection<UserId> users) {
        return people(db, "user_id", client)
                .bindArray("keys", UUID.class, users.stream().map(UserId::value).toList())
                .map((row, _) -> named(new UserId(row.getObject("key", UUID.class)), row))
                .list();
    }

    List<Named<String>> byExternalId(Handle db, ClientId client, Collection<String> externalIds) {
        return people(db, "external_id", client)
                .bindArray("keys", String.class, List.copyOf(externalIds))
                .map((row, _) -> named(row.getString("key"), row))
                .list();
    }

    private static Query people(Handle db, String key, ClientId client) {
        return db.createQuery(PEOPLE.formatted(key)).bind("client", client.value());
    }

    List<Person> create(Handle db, ClientId client, List<Participant> people, Instant now) {
        return new Columns<>(
                        db.createQuery(
                                """
                                INSERT INTO participant
                                    (client_id, user_id, username, first_name, last_name, email, external_id,
                                     created_at, updated_at)
                                SELECT :client, user_id, username, first_name, last_name, email, external_id, :now, :now
                                FROM unnest(:ids, :usernames, :firstNames, :lastNames, :emails, :externalIds)
                                     AS n (user_id, username, first_name, last_name, email, external_id)
                                ORDER BY username
                                ON CONFLICT (client_id, username) DO NOTHING
                                RETURNING user_id, username, coalesce(external_id, '') AS external_id
                                """),
                        people)
                .bind("ids", UUID.class, person -> person.id().value())
                .bind("usernames", String.class, Participant::username)
                .bind("firstNames", String.class, detail(Details::firstName))
                .bind("lastNames", String.class, detail(Details::lastName))
                .bind("emails", String.class, detail(Details::email))
                .bind("externalIds", String.class, detail(Details::externalId))
                .statement()
                .bind("client", client.value())
                .bind("now", OffsetDateTime.ofInstant(now, ZoneOffset.UTC))
                .map((row, _) -> person(row))
                .list();
    }

    private static Function<Participant, String> detail(
            Function<Details, Optional<String>> detail) {
        return person -> detail.apply(person.details()).orElse(null);
    }

    /// How many of these are there and not merged.
    int lockUnmerged(Handle db, ClientId client, Collection<UserId> users) {
        return db.createQuery(
                        """
                        SELECT user_id FROM participant
                        WHERE client_id = :client AND user_id = ANY(:users)
                          AND merged_into IS NULL AND anonymised_at IS NULL
                        ORDER BY user_id FOR UPDATE
                        """)
                .bind("client", client.value())
                .bindArray("users", UUID.class, users.stream().map(UserId::value).toList())
                .mapTo(UUID.class)
                .list()
                .size();
    }

    void merge(Handle db, ClientId client, UserId from, Participant.Merged merged) {
        db.createUpdate(
                        """
                        UPDATE participant SET merged_into = :into,
                            merged_at = coalesce(merged_at, :now), merged_by = coalesce(merged_by, :author),
                            merged_reason = coalesce(merged_reason, :reason)
                        WHERE client_id = :client AND (user_id = :from OR merged_into = :from)
                        """)
                .bind("client", client.value())
                .bind("from", from.value())
                .bind("into", merged.into().value())
                .bind("now", OffsetDateTime.ofInstant(merged.at(), ZoneOffset.UTC))
                .bind("author", merged.author())
                .bind("reason", merged.reason())
                .execute();
    }

    List<ItemOfActivity> items(Handle db, ClientId client, Collection<ItemId> items) {
        return entries(
                db.createQuery(ITEMS.formatted("i.item_id = ANY(:keys)"))
                        .bindArray("keys", UUID.class, items.stream().map(ItemId::value).toList()),
                client);
    }

    List<ItemOfActivity> itemsByExternalId(
            Handle db, ClientId client, Collection<String> externalIds) {
        return entries(
                db.createQuery(
                                ITEMS.formatted(
                                        "i.external_id = ANY(:keys) AND i.retired_at IS NULL"))
                        .bindArray("keys", String.class, List.copyOf(externalIds)),
                client);
    }

    private static <K> Named<K> named(K key, ResultSet row) throws SQLException {
        return new Named<>(
                key,
                person(row),
                Optional.ofNullable(row.getObject("merged_into", UUID.class)).map(UserId::new));
    }

    private static Person person(ResultSet row) throws SQLException {
        return new Person(
                new UserId(row.getObject("user_id", UUID.class)),
                row.getString("username"),
                row.getString("external_id"));
    }

    private static List<ItemOfActivity> entries(Query query, ClientId client) {
        return query.bind("client", client.value()).map((row, _) -> entry(row)).list();
    }

    private static ItemOfActivity entry(ResultSet row) throws SQLException {
        return new ItemOfActivity(
                new ItemId(row.getObject("item_id", UUID.class)),
                row.getString("title"),
                row.getString("type"),
                row.getString("external_id"),
                new ActivityId(row.getObject("activity_id", UUID.class)),
                row.getString("activity_title"),
                row.getString("activity_type"),
                row.getString("activity_external_id"));
    }
}
