package io.coursewire.packages;

import io.coursewire.kernel.ActivityId;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.ItemId;
import io.coursewire.kernel.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import tools.jackson.core.type.TypeReference;

/// Every SQL statement by which an import changes activities and items. The caller owns the transaction.
final class TrainingStore {
    private static final TypeReference<Map<String, String>> TITLES = new TypeReference<>() {};

    /// @param version of the package, 0 for an activity without one
    record ActivityRow(ActivityId id, Map<String, String> titles, String externalId, int version) {}

    record ItemRow(
            ItemId id,
            Map<String, String> titles,
            String externalId,
            int position,
            boolean counts) {}

    /// Imports of one manifest come one after the other, also the first two of it.
    void lockManifest(Handle db, ClientId client, String manifestIdentifier) {
        db.createQuery("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))")
                .bind("name", "manifest " + client + " " + manifestIdentifier)
                .mapToMap()
                .one();
    }

    /// The newest activity of the manifest, locked.
    Optional<ActivityRow> lockByManifest(Handle db, ClientId client, String manifestIdentifier) {
        return db.createQuery(
                        """
                        SELECT activity_id, titles, external_id, version FROM activity
                        WHERE client_id = :client AND manifest_identifier = :manifest
                        ORDER BY created_at DESC, activity_id DESC LIMIT 1 FOR UPDATE
                        """)
                .bind("client", client.value())
                .bind("manifest", manifestIdentifier)
                .map((row, _) -> activity(row))
                .findOne();
    }

    Optional<ActivityRow> lock(Handle db, ClientId client, ActivityId activity) {
        return db.createQuery(
                        """
                        SELECT activity_id, titles, external_id, version FROM activity
                        WHERE client_id = :client AND activity_id = :activity FOR UPDATE
                        """)
                .bind("client", client.value())
                .bind("activity", activity.value())
                .map((row, _) -> activity(row))
                .findOne();
    }

    private static ActivityRow activity(ResultSet row) throws SQLException {
        return new ActivityRow(
                new ActivityId(row.getObject("activity_id", UUID.class)),
                Json.MAPPER.readValue(row.getString("titles"), TITLES),
                row.getString("external_id"),
                row.getInt("version"));
    }

    void insert(Handle db, ClientId client, ActivityRow activity, Package content, Instant now) {
        db.createUpdate(
                        """
                        INSERT INTO activity (client_id, activity_id, titles, type, external_id,
                            manifest_identifier, standard, version, created_at, updated_at)
                        VALUES (:client, :activity, :titles::jsonb, 'course', :externalId,
                            :manifest, :standard, :version, :now::timestamptz, :now::timestamptz)
                        """)
                .bindMap(columns(client, activity, content, now))
                .execute();
    }

    void update(Handle db, ClientId client, ActivityRow activity, Package content, Instant now) {
        db.createUpdate(
                        """
                        UPDATE activity SET titles = :titles::jsonb, external_id = :externalId,
                            manifest_identifier = :manifest, standard = :standard, version = :version,
                            updated_at = :now::timestamptz
                        WHERE client_id = :client AND activity_id = :activity
                        """)
                .bindMap(columns(client, activity, content, now))
                .execute();
    }

    private static Map<String, ?> columns(
            ClientId client, ActivityRow activity, Package content, Instant now) {
        var columns = new HashMap<String, Object>();
        columns.put("client", client.value());
        columns.put("activity", activity.id.value());
        columns.put("titles", Json.MAPPER.writeValueAsString(activity.titles));
        columns.put("externalId", activity.externalId);
        columns.put("manifest", content.manifestIdentifier().orElse(null));
        columns.put("standard", content.standard().word());
        columns.put("version", activity.version);
        columns.put("now", now.toString());
        return columns;
    }

    /// The activity's items, retired ones too.
    List<ItemRow> items(Handle db, ClientId client, ActivityId activity) {
        return db.createQuery(
                        """
                        SELECT item_id, titles, external_id, position, counts FROM item
                        WHERE client_id = :client AND activity_id = :activity
                        """)
                .bind("client", client.value())
                .bind("activity", activity.value())
                .map((row, _) -> item(row))
                .list();
    }

    private static ItemRow item(ResultSet row) throws SQLException {
        return new ItemRow(
                new ItemId(row.getObject("item_id", UUID.class)),
                Json.MAPPER.readValue(row.getString("titles"), TITLES),
                row.getString("external_id"),
                row.getInt("position"),
                row.getBoolean("counts"));
    }

    /// Adds or changes the items and brings retired ones back.
    void put(Handle db, ClientId client, ActivityId activity, Collection<ItemRow> items) {
        var batch =
                db.prepareBatch(
                        """
                        INSERT INTO item (client_id, item_id, activity_id, position, titles, type,
                            external_id, counts)
                        VALUES (:client, :item, :activity, :position, :titles::jsonb, 'unknown',
                            :externalId, :counts)
                        ON CONFLICT (client_id, item_id) DO UPDATE SET position = excluded.position,
                            titles = excluded.titles, counts = excluded.counts, retired_at = NULL
                        """);
        for (var item : items) {
            batch.bind("client", client.value())
                    .bind("item", item.id.value())
                    .bind("activity", activity.value())
                    .bind("position", item.position)
                    .bind("titles", Json.MAPPER.writeValueAsString(item.titles))
                    .bind("externalId", item.externalId)
                    .bind("counts", item.counts)
                    .add();
        }
        batch.execute();
    }

    /// Retires every item of the activity but these.
    void retireOthers(
            Handle db, ClientId client, ActivityId activity, Collection<ItemId> kept, Instant now) {
        db.createUpdate(
                        """
                        UPDATE item SET retired_at = :now::timestamptz
                        WHERE client_id = :client AND activity_id = :activity AND retired_at IS NULL
                            AND NOT item_id = ANY (:kept)
                        """)
                .bind("now", now.toString())
                .bind("client", client.value())
                .bind("activity", activity.value())
                .bindArray("kept", UUID.class, kept.stream().map(ItemId::value).toList())
                .execute();
    }
}
