package io.coursewire.catalog;

import static java.util.stream.Collectors.groupingBy;

import io.coursewire.kernel.ActivityId;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.ItemId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// Every SQL statement about activities and items. The caller owns the transaction.
final class TrainingStore {
    private static final String ACTIVITY =
            """
            SELECT activity_id, titles, type, external_id, standard, version
            FROM activity WHERE client_id = :client
            """;
    private static final String ITEM =
            """
            SELECT item_id, activity_id, titles, type, external_id, counts
            FROM item WHERE client_id = :client AND retired_at IS NULL
            """;

    Optional<Activity> activity(Handle db, ClientId client, ActivityId activity) {
        return withItems(
                        db,
                        client,
                        activities(
                                db, client, ACTIVITY + " AND activity_id = :key", activity.value()))
                .stream()
                .findFirst();
    }

    /// Held until the transaction ends.
    Optional<Activity> lockActivity(Handle db, ClientId client, ActivityId activity) {
        var sql = ACTIVITY + " AND activity_id = :key FOR NO KEY UPDATE";
        return withItems(db, client, activities(db, client, sql, activity.value())).stream()
                .findFirst();
    }

    Found<Activity> find(Handle db, ClientId client, ActivityRef ref) {
        var found =
                switch (ref) {
                    case ActivityRef.ById by ->
                            activities(
                                    db,
                                    client,
                                    ACTIVITY + " AND activity_id = :key",
                                    by.id().value());
                    case ActivityRef.ByExternalId by ->
                            activities(
                                    db,
                                    client,
                                    ACTIVITY + firstOf("external_id", "activity_id"),
                                    by.externalId());
                };
        return Found.of(withItems(db, client, found));
    }

    /// Among all of the client's items, or among those of one activity.
    Found<Item> find(Handle db, ClientId client, ItemRef ref, Optional<ActivityId> activity) {
        var within = activity.isPresent() ? " AND activity_id = :activity" : "";
        var query =
                switch (ref) {
                    case ItemRef.ById by ->
                            db.createQuery(ITEM + within + " AND item_id = :key")
                                    .bind("key", by.id().value());
                    case ItemRef.ByExternalId by ->
                            db.createQuery(ITEM + within + firstOf("external_id", "item_id"))
                                    .bind("key", by.externalId());
                };
        activity.ifPresent(id -> query.bind("activity", id.value()));
        return Found.of(query.bind("client", client.value()).map((row, _) -> item(row)).list());
    }

    /// By id, after `after`.
    List<Activity> list(Handle db, ClientId client, UUID after, int limit) {
        var found =
                db.createQuery(
                                ACTIVITY
                                        + " AND activity_id > :after ORDER BY activity_id LIMIT :limit")
                        .bind("client", client.value())
                        .bind("after", after)
                        .bind("limit", limit)
                        .map((row, _) -> activity(row))
                        .list();
        return withItems(db, client, found);
    }

    /// The activity and its items; their positions are those in the list.
    void insert(Handle db, ClientId client, Activity activity, Instant now) {
        db.createUpdate(
                        """
                        INSERT INTO activity
                            (client_id, activity_id, titles, type, external_id, standard, version,
                             created_at, updated_at)
                        VALUES (:client, :activity, :titles::jsonb, :type, :externalId, :standard, :version,
                             :now::timestamptz, :now::timestamptz)
                        """)
                .bind("client", client.value())
                .bind("activity", activity.id().value())
                .bind("titles", activity.label().titles().json())
                .bind("type", activity.label().type().word())
                .bind("externalId", activity.label().externalId())
                .bind("standard", activity.content().map(Activity.Content::standard).orElse(null))
                .bind("version", activity.content().map(Activity.Content::version).orElse(null))
                .bind("now", now.toString())
                .execute();
        insertItems(db, client, activity.items());
    }

    private static void insertItems(Handle db, ClientId client, List<Item> items) {
        var batch =
                db.prepareBatch(
                        """
                        INSERT INTO item (client_id, item_id, activity_id, position, titles, type, external_id, counts)
                        VALUES (:client, :item, :activity, :position, :titles::jsonb, :type, :externalId, :counts)
                        """);
        for (int position = 0; position < items.size(); position++) {
            var item = items.get(position);
            batch.bind("client", client.value())
                    .bind("item", item.id().value())
                    .bind("activity", item.activity().value())
                    .bind("position", position)
                    .bind("titles", item.label().titles().json())
                    .bind("type", item.label().type().word())
                    .bind("externalId", item.label().externalId())
                    .bind("counts", item.counts())
                    .add();
        }
        if (!items.isEmpty()) {
            batch.execute();
        }
    }

    /// Behind the last item of its activity, retired ones included.
    void append(Handle db, ClientId client, Item item) {
        db.createUpdate(
                        """
                        INSERT INTO item (client_id, item_id, activity_id, position, titles, type, external_id, counts)
                        SELECT :client, :item, :activity, coalesce(max(position) + 1, 0), :titles::jsonb, :type,
                               :externalId, :counts
                        FROM item WHERE client_id = :client AND activity_id = :activity
                        """)
                .bind("client", client.value())
                .bind("item", item.id().value())
                .bind("activity", item.activity().value())
                .bind("titles", item.label().titles().json())
                .bind("type", item.label().type().word())
                .bind("externalId", item.label().externalId())
                .bind("counts", item.counts())
                .execute();
    }

    /// One at a time brings in training of a client by external ids: these are not unique.
    void hold(Handle db, ClientId client) {
        db.createQuery("SELECT client_id FROM client WHERE client_id = :client FOR NO KEY UPDATE")
                .bind("client", client.value())
                .mapTo(String.class)
                .one();
    }

    void relabel(Handle db, ClientId client, ActivityId activity, Label label, Instant now) {
        db.createUpdate(
                        """
                        UPDATE activity SET titles = :titles::jsonb, type = :type, external_id = :externalId,
                            updated_at = :now::timestamptz
                        WHERE client_id = :client AND activity_id = :activity
                        """)
                .bind("client", client.value())
                .bind("activity", activity.value())
                .bind("titles", label.titles().json())
                .bind("type", label.type().word())
                .bind("externalId", label.externalId())
                .bind("now", now.toString())
                .execute();
    }

    void relabel(Handle db, ClientId client, ItemId item, Label label) {
        db.createUpdate(
                        """
                        UPDATE item SET titles = :titles::jsonb, type = :type, external_id = :externalId
                        WHERE client_id = :client AND item_id = :item
                        """)
                .bind("client", client.value())
                .bind("item", item.value())
                .bind("titles", label.titles().json())
                .bind("type", label.type().word())
                .bind("externalId", label.externalId())
                .execute();
    }

    /// Makes room, so that items can swap external ids.
    void vacateExternalIds(Handle db, ClientId client, List<ItemId> items) {
        db.createUpdate(
                        """
                        UPDATE item SET external_id = item_id::text
                        WHERE client_id = :client AND item_id = ANY(:items)
                        """)
                .bind("client", client.value())
                .bindArray("items", UUID.class, items.stream().map(ItemId::value).toList())
                .execute();
    }

    /// Every external id of the activity's items, of retired ones too.
    Map<ItemId, String> externalIds(Handle db, ClientId client, ActivityId activity) {
        return db.createQuery(
                        "SELECT item_id, external_id FROM item WHERE client_id = :client AND activity_id = :activity")
                .bind("client", client.value())
                .bind("activity", activity.value())
                .reduceRows(
                        new HashMap<>(),
                        (ids, row) -> {
                            ids.put(
                                    new ItemId(row.getColumn("item_id", UUID.class)),
                                    row.getColumn("external_id", String.class));
                            return ids;
                        });
    }

    private static String firstOf(String column, String order) {
        return " AND %s = :key ORDER BY %s LIMIT %d".formatted(column, order, Found.CANDIDATES_MAX);
    }

    private static List<Activity> activities(Handle db, ClientId client, String sql, Object key) {
        return db.createQuery(sql)
                .bind("client", client.value())
                .bind("key", key)
                .map((row, _) -> activity(row))
                .list();
    }

    private static List<Activity> withItems(Handle db, ClientId client, List<Activity> activities) {
        var ids = activities.stream().map(activity -> activity.id().value()).toList();
        var items =
                db.createQuery(
                                ITEM
                                        + " AND activity_id = ANY(:activities) ORDER BY activity_id, position, item_id")
                        .bind("client", client.value())
                        .bindArray("activities", UUID.class, ids)
                        .map((row, _) -> item(row))
                        .collect(groupingBy(Item::activity));
        return activities.stream()
                .map(bare -> bare.with(items.getOrDefault(bare.id(), List.of())))
                .toList();
    }

    private static Activity activity(ResultSet row) throws SQLException {
        var standard = Optional.ofNullable(row.getString("standard"));
        int version = row.getInt("version");
        return new Activity(
                new ActivityId(row.getObject("activity_id", UUID.class)),
                label(row),
                standard.map(word -> new Activity.Content(word, version)),
                List.of());
    }

    private static Item item(ResultSet row) throws SQLException {
        return new Item(
                new ItemId(row.getObject("item_id", UUID.class)),
                new ActivityId(row.getObject("activity_id", UUID.class)),
                label(row),
                row.getBoolean("counts"));
    }

    private static Label label(ResultSet row) throws SQLException {
        return new Label(
                Titles.stored(row.getString("titles")),
                TrainingType.stored(row.getString("type")),
                row.getString("external_id"));
    }

    List<UUID> unknownActivities(Handle db, ClientId client, List<UUID> ids) {
        return unknown(db, "SELECT activity_id FROM activity", client, ids);
    }

    List<UUID> unknownItems(Handle db, ClientId client, List<UUID> ids) {
        return unknown(db, "SELECT item_id FROM item", client, ids);
    }

    private static List<UUID> unknown(Handle db, String known, ClientId client, List<UUID> ids) {
        return db.createQuery(
                        "SELECT unnest(:ids) EXCEPT %s WHERE client_id = :client".formatted(known))
                .bind("client", client.value())
                .bindArray("ids", UUID.class, ids)
                .mapTo(UUID.class)
                .list();
    }
}
