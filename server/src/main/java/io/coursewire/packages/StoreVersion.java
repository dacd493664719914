package io.coursewire.packages;

import io.coursewire.kernel.ActivityId;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.InvalidInput;
import io.coursewire.kernel.ItemId;
import io.coursewire.packages.TrainingStore.ActivityRow;
import io.coursewire.packages.content.StagedFile;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Writes the rows of a new package version. The caller owns the transaction.
final class StoreVersion {
    private final TrainingStore training = new TrainingStore();
    private final PackageVersionStore versions = new PackageVersionStore();
    private final ContentFileStore names = new ContentFileStore();

    /// A package as it was read and unpacked.
    record Brought(Package content, String contentKey, List<StagedFile> files, Warnings warnings) {}

    ImportedPackage store(
            Handle db, ClientId client, ImportTarget target, Brought brought, Instant now) {
        if (names.insertContent(db, client, brought.contentKey, now)) {
            names.insertFiles(db, client, brought.contentKey, brought.files);
        }
        var present = present(db, client, target, brought.content);
        var before = present.flatMap(row -> versions.find(db, client, row.id(), row.version()));
        if (target instanceof ImportTarget.SameManifest) {
            before.ifPresent(version -> warn(present.get(), version, brought));
        }
        var activity = next(present, before.map(PackageVersion::content), brought.content);
        if (present.isPresent()) {
            training.update(db, client, activity, brought.content, now);
        } else {
            training.insert(db, client, activity, brought.content, now);
        }
        var ids = items(db, client, activity.id(), before, brought.content, now);
        var version =
                new PackageVersion(
                        client,
                        activity.id(),
                        activity.version(),
                        brought.contentKey,
                        brought.content,
                        ids);
        var warnings = brought.warnings.list();
        versions.insertVersion(db, version, warnings, now);
        return new ImportedPackage(
                activity.id(), activity.version(), brought.content.standard(), warnings);
    }

    private Optional<ActivityRow> present(
            Handle db, ClientId client, ImportTarget target, Package content) {
        return switch (target) {
            case ImportTarget.NewActivity() -> Optional.empty();
            case ImportTarget.Replace(var activity) ->
                    Optional.of(
                            training.lock(db, client, activity)
                                    .orElseThrow(() -> unknown(activity)));
            case ImportTarget.SameManifest() ->
                    content.manifestIdentifier()
                            .flatMap(identifier -> sameManifest(db, client, identifier));
        };
    }

    private Optional<ActivityRow> sameManifest(Handle db, ClientId client, String identifier) {
        training.lockManifest(db, client, identifier);
        return training.lockByManifest(db, client, identifier);
    }

    static InvalidInput unknown(ActivityId activity) {
        return new InvalidInput(
                "activityId", "is of no activity of this client. Leave it out for a new one.");
    }

    private static void warn(ActivityRow row, PackageVersion before, Brought brought) {
        DifferenceRules.warn(row.titles(), before.content(), brought.content, brought.warnings);
    }

    private static ActivityRow next(
            Optional<ActivityRow> present, Optional<Package> before, Package content) {
        if (present.isEmpty()) {
            return new ActivityRow(ActivityId.next(), content.titles(), content.externalId(), 1);
        }
        var row = present.get();
        var earlier = before.map(Package::titles).orElse(null);
        boolean followed = before.isPresent() && before.get().externalId().equals(row.externalId());
        return new ActivityRow(
                row.id(),
                MergeRules.titles(row.titles(), earlier, content.titles()),
                followed ? content.externalId() : row.externalId(),
                row.version() + 1);
    }

    private Map<String, ItemId> items(
            Handle db,
            ClientId client,
            ActivityId activity,
            Optional<PackageVersion> before,
            Package content,
            Instant now) {
        var merged =
                MergeRules.items(
                        content,
                        versions.itemIds(db, client, activity),
                        training.items(db, client, activity),
                        before.map(PackageVersion::content));
        training.put(db, client, activity, merged.rows());
        training.retireOthers(db, client, activity, merged.ids().values(), now);
        versions.insertItemIds(db, client, activity, merged.ids());
        return merged.ids();
    }
}
