package io.coursewire.runtime.launch;

import io.coursewire.kernel.ItemId;
import io.coursewire.packages.OutlineLine;
import io.coursewire.packages.PackageVersion;
import io.coursewire.runtime.Mode;
import io.coursewire.runtime.scorm2004.sequencing.NavigationState;
import io.coursewire.runtime.scorm2004.sequencing.NavigationState.ContentsEntry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Reads what the player shows of a course around its content.
final class ReadCourse {
    private final ViewStore views = new ViewStore();

    Course read(
            Handle db,
            Launch launch,
            PackageVersion version,
            Viewer viewer,
            Optional<NavigationState> navigation) {
        var lines = new Lines(version, viewer, statuses(db, launch));
        return new Course(
                viewer.activityTitle(),
                navigation.map(lines::allowed).orElseGet(lines::all),
                launch.mode(),
                navigation,
                launch.returnUrl());
    }

    private Map<ItemId, String> statuses(Handle db, Launch launch) {
        return launch.mode() == Mode.BROWSE ? Map.of() : views.statuses(db, launch);
    }

    private record Lines(PackageVersion version, Viewer viewer, Map<ItemId, String> statuses) {
        List<Course.Line> all() {
            return version.content().outline().stream()
                    .filter(OutlineLine::visible)
                    .map(line -> line(line, true))
                    .toList();
        }

        /// In the order of sequencing, without what it does not show.
        List<Course.Line> allowed(NavigationState navigation) {
            var outline = new HashMap<String, OutlineLine>();
            version.content().outline().forEach(line -> outline.put(line.identifier(), line));
            return navigation.contents().stream()
                    .filter(ContentsEntry::visible)
                    .filter(entry -> outline.containsKey(entry.item()))
                    .map(entry -> line(outline.get(entry.item()), entry.selectable()))
                    .toList();
        }

        private Course.Line line(OutlineLine line, boolean enabled) {
            var item = Optional.ofNullable(version.itemIds().get(line.identifier()));
            return new Course.Line(
                    item,
                    line.identifier(),
                    Titles.in(line.titles(), viewer.defaultLanguage()),
                    line.level(),
                    item.map(id -> statuses.getOrDefault(id, "notStarted")),
                    enabled);
        }
    }
}
