package io.coursewire.catalog;

import io.coursewire.catalog.Directory.Entry;
import io.coursewire.catalog.Directory.Person;
import io.coursewire.catalog.Participant.Details;
import io.coursewire.kernel.ActivityId;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.ItemId;
import io.coursewire.kernel.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/// The SQL that finds many participants and items at once. The caller owns the transaction.
final class DirectoryStore {
    private static final String PEOPLE =
            """
            SELECT user_id, username, coalesce(external_id, '') AS external_id FROM participant
            WHERE client_id = :client AND anonymised_at IS NULL AND %s = ANY(:keys)
            ORDER BY user_id
            FOR KEY SHARE
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

    List<Person> byUsername(Handle db, ClientId client, Collection<String> usernames) {
        return people(
                db.createQuery(PEOPLE.formatted("username"))
                        .bindArray("keys", String.class, List.copyOf(usernames)),
                client);
    }

    List<Person> byId(Handle db, ClientId client, Collection<UserId> users) {
        return people(
                db.createQuery(PEOPLE.formatted("user_id"))
                        .bindArray("keys", UUID.class, users.stream().map(UserId::value).toList()),
                client);
    }

    List<Person> byExternalId(Handle db, ClientId client, Collection<String> externalIds) {
        return people(
                db.createQuery(PEOPLE.formatted("external_id"))
                        .bindArray("keys", String.class, List.copyOf(externalIds)),
                client);
    }

    void create(Handle db, ClientId client, List<Participant> people, Instant now) {
        db.createUpdate(
                        """
                        INSERT INTO participant
                            (client_id, user_id, username, first_name, last_name, email, external_id,
                             created_at, updated_at)
                        SELECT :client, user_id, username, first_name, last_name, email, external_id,
                               :now::timestamptz, :now::timestamptz
                        FROM unnest(:ids::uuid[], :usernames::text[], :firstNames::text[], :lastNames::text[],
                                    :emails::text[], :externalIds::text[])
                             AS n (user_id, username, first_name, last_name, email, external_id)
                        ORDER BY username
                        ON CONFLICT (client_id, username) DO NOTHING
                        """)
                .bind("client", client.value())
                .bind("now", now.toString())
                .bindArray("ids", UUID.class, people.stream().map(p -> p.id().value()).toList())
                .bindArray(
                        "usernames",
                        String.class,
                        people.stream().map(Participant::username).toList())
                .bindArray("firstNames", String.class, details(people, Details::firstName))
                .bindArray("lastNames", String.class, details(people, Details::lastName))
                .bindArray("emails", String.class, details(people, Details::email))
                .bindArray("externalIds", String.class, details(people, Details::externalId))
                .execute();
    }

    private static List<String> details(
            List<Participant> people, Function<Details, Optional<String>> detail) {
        return people.stream().map(p -> detail.apply(p.details()).orElse(null)).toList();
    }

    List<Entry> items(Handle db, ClientId client, Collection<ItemId> items) {
        return entries(
                db.createQuery(ITEMS.formatted("i.item_id = ANY(:keys)"))
                        .bindArray("keys", UUID.class, items.stream().map(ItemId::value).toList()),
                client);
    }

    List<Entry> itemsByExternalId(Handle db, ClientId client, Collection<String> externalIds) {
        return entries(
                db.createQuery(
                                ITEMS.formatted(
                                        "i.external_id = ANY(:keys) AND i.retired_at IS NULL"))
                        .bindArray("keys", String.class, List.copyOf(externalIds)),
                client);
    }

    private static List<Person> people(Query query, ClientId client) {
        return query.bind("client", client.value())
                .map(
                        (row, _) ->
                                new Person(
                                        new UserId(row.getObject("user_id", UUID.class)),
                                        row.getString("username"),
                                        row.getString("external_id")))
                .list();
    }

    private static List<Entry> entries(Query query, ClientId client) {
        return query.bind("client", client.value()).map((row, _) -> entry(row)).list();
    }

    private static Entry entry(ResultSet row) throws SQLException {
        return new Entry(
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
