package io.coursewire.runtime.launch;

import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.LaunchId;
import io.coursewire.packages.Aicc;
import io.coursewire.packages.PackageVersion;
import io.coursewire.packages.PackageVersions;
import io.coursewire.packages.Scorm12;
import io.coursewire.packages.Scorm2004;
import io.coursewire.runtime.Mode;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// The courses whose sequencing decides what is delivered, by the launches that play them.
final class SequencedCourses {
    private final LaunchStore launches = new LaunchStore();
    private final RecentCourses<SequencedCourse> recent = new RecentCourses<>();
    private final PackageVersions packages;

    SequencedCourses(PackageVersions packages) {
        this.packages = packages;
    }

    /// Sequencing decides where a result is at stake; looking around is free.
    static Optional<SequencedCourse> of(Launch launch, PackageVersion version) {
        return switch (version.content()) {
            case Scorm12 _, Aicc _ -> Optional.empty();
            case Scorm2004 content ->
                    launch.mode() == Mode.NORMAL
                            ? Optional.of(SequencedCourse.of(launch, version, content))
                            : Optional.empty();
        };
    }

    Optional<SequencedCourse> of(Handle db, ClientId client, LaunchId id) {
        return recent.of(id, () -> launches.find(db, client, id).flatMap(this::read));
    }

    private Optional<SequencedCourse> read(Launch launch) {
        return packages.find(launch.client(), launch.activity(), launch.packageVersion())
                .flatMap(version -> of(launch, version));
    }
}
