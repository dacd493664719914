package io.coursewire.runtime.launch;

import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.ItemId;
import io.coursewire.kernel.LaunchId;
import io.coursewire.packages.PackageVersion;
import io.coursewire.packages.PackageVersions;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// Decides, by prerequisites, which item of a course without sequencing is opened.
final class ChooseItem {
    /// A course in which what is done opens more.
    private record Gated(Launch launch, PackageVersion version) {}

    private final LaunchStore launches = new LaunchStore();
    private final ViewStore views = new ViewStore();
    private final ReadCourse readCourse = new ReadCourse();
    private final RecentCourses<Gated> recent = new RecentCourses<>();
    private final Jdbi jdbi;
    private final PackageVersions packages;

    ChooseItem(Jdbi jdbi, PackageVersions packages) {
        this.jdbi = jdbi;
        this.packages = packages;
    }

    /// Opens what is wanted or comes next; where that waits for others, says so and lets the participant choose.
    OpenOutcome choose(
            Launch launch,
            PackageVersion version,
            Optional<ItemId> wanted,
            Function<Optional<ItemId>, OpenOutcome> open) {
        if (launch.isFree()) {
            return open.apply(wanted);
        }
        var items = jdbi.withHandle(db -> readCourse.openItems(db, launch, version));
        var item = wanted.or(items::toGoOnWith);
        return item.flatMap(version::identifier)
                .filter(identifier -> !items.isOpen(identifier))
                .map(identifier -> locked(launch, version, items.waitsFor(identifier)))
                .orElseGet(() -> open.apply(item));
    }

    private OpenOutcome locked(Launch launch, PackageVersion version, List<String> first) {
        return jdbi.withHandle(
                db -> {
                    var viewer = views.viewer(db, launch);
                    return new OpenOutcome.Waiting(
                            readCourse.read(db, launch, version, viewer, Optional.empty()),
                            Optional.of(
                                    readCourse.whatComesFirst(db, launch, version, viewer, first)));
                });
    }

    /// The course as it is open by now; empty where what is done opens nothing.
    Optional<Course> course(ClientId client, LaunchId id) {
        return recent.of(id, () -> jdbi.withHandle(db -> gated(db, client, id)))
                .map(gated -> jdbi.withHandle(db -> read(db, gated)));
    }

    private Optional<Gated> gated(Handle db, ClientId client, LaunchId id) {
        return launches.find(db, client, id)
                .filter(launch -> !launch.isFree())
                .flatMap(
                        launch ->
                                packages.find(client, launch.activity(), launch.packageVersion())
                                        .filter(v -> !v.content().prerequisites().isEmpty())
                                        .map(v -> new Gated(launch, v)));
    }

    private Course read(Handle db, Gated gated) {
        return readCourse.read(
                db,
                gated.launch(),
                gated.version(),
                views.viewer(db, gated.launch()),
                Optional.empty());
    }
}
