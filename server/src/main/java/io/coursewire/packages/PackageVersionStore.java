package io.coursewire.packages;

import static java.util.stream.Collectors.toMap;

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

/// Every SQL statement about package versions. The caller owns the transaction.
final class PackageVersionStore {
    private record Row(String contentKey, Package content, int manifestChars) {}

    /// @param manifestChars the length of the package as it is stored
    record Stored(PackageVersion version, int manifestChars) {}

    Optional<PackageVersion> find(Handle db, ClientId client, ActivityId activity, int version) {
        return findStored(db, client, activity, version).map(Stored::version);
    }

    Optional<Stored> findStored(Handle db, ClientId client, ActivityId activity, int version) {
        return row(db, client, activity, version)
                .map(
                        row ->
                                new Stored(
                                        new PackageVersion(
                                                client,
                                                activity,
                                                version,
                                                row.contentKey,
                                                row.content,
                                                launchable(
                                                        row.content,
                                                        itemIds(db, client, activity))),
                                        row.manifestChars));
    }

    private static Optional<Row> row(Handle db, ClientId client, ActivityId activity, int version) {
        return db.createQuery(
                        """
                        SELECT standard, content_key, manifest FROM package_version
                        WHERE client_id = :client AND activity_id = :activity AND version = :version
                        """)
                .bind("client", client.value())
                .bind("activity", activity.value())
                .bind("version", version)
                .map((row, _) -> row(row))
                .findOne();
    }

    private static Row row(ResultSet row) throws SQLException {
        var manifest = row.getString("manifest");
        var content = PackageJson.read(Standard.of(row.getString("standard")), manifest);
        return new Row(row.getString("content_key"), content, manifest.length());
    }

    private static Map<String, ItemId> launchable(Package content, Map<String, ItemId> ids) {
        return content.outline().stream()
                .filter(OutlineLine::launchable)
                .collect(toMap(OutlineLine::identifier, line -> ids.get(line.identifier())));
    }

    /// Of all versions: identifiers keep their items.
    Map<String, ItemId> itemIds(Handle db, ClientId client, ActivityId activity) {
        var ids = new HashMap<String, ItemId>();
        db.createQuery(
                        """
                        SELECT identifier, item_id FROM package_item
                        WHERE client_id = :client AND activity_id = :activity
                        """)
                .bind("client", client.value())
                .bind("activity", activity.value())
                .map(
                        (row, _) ->
                                Map.entry(
                                        row.getString("identifier"),
                                        new ItemId(row.getObject("item_id", UUID.class))))
                .forEach(entry -> ids.put(entry.getKey(), entry.getValue()));
        return ids;
    }

    void insertVersion(
            Handle db, PackageVersion version, List<PackageWarning> warnings, Instant now) {
        db.createUpdate(
                        """
                        INSERT INTO package_version (client_id, activity_id, version, standard,
                            content_key, manifest, warnings, imported_at)
                        VALUES (:client, :activity, :version, :standard, :contentKey,
                            :manifest::jsonb, :warnings::jsonb, :now::timestamptz)
                        """)
                .bind("client", version.client().value())
                .bind("activity", version.activity().value())
                .bind("version", version.version())
                .bind("standard", version.content().standard().word())
                .bind("contentKey", version.contentKey())
                .bind("manifest", PackageJson.write(version.content()))
                .bind("warnings", PackageJson.writeWarnings(warnings))
                .bind("now", now.toString())
                .execute();
    }

    void insertItemIds(Handle db, ClientId client, ActivityId activity, Map<String, ItemId> ids) {
        var batch =
                db.prepareBatch(
                        """
                        INSERT INTO package_item (client_id, activity_id, identifier, item_id)
                        VALUES (:client, :activity, :identifier, :item)
                        ON CONFLICT DO NOTHING
                        """);
        ids.forEach(
                (identifier, item) ->
                        batch.bind("client", client.value())
                                .bind("activity", activity.value())
                                .bind("identifier", identifier)
                                .bind("item", item.value())
                                .add());
        batch.execute();
    }
}
