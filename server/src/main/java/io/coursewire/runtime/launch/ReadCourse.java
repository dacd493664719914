package io.coursewire.runtime.launch;

import io.coursewire.kernel.ItemId;
import io.coursewire.packages.Aicc;
import io.coursewire.packages.OutlineLine;
import io.coursewire.packages.Package;
import io.coursewire.packages.PackageVersion;
import io.coursewire.packages.Scorm2004;
import io.coursewire.packages.scorm2004.ControlMode;
import io.coursewire.runtime.Mode;
import io.coursewire.runtime.aicc.ReportedObjectives;
import io.coursewire.runtime.scorm2004.sequencing.NavigationState;
import io.coursewire.runtime.scorm2004.sequencing.NavigationState.ContentsEntry;
import java.util.ArrayList;
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
        var statuses = statuses(db, launch);
        var lines = new Lines(launch, version, viewer, titles(db, launch, version), statuses);
        return new Course(
                viewer.activityTitle(),
                navigation
                        .map(lines::allowed)
                        .orElseGet(() -> lines.all(openItems(db, launch, version, statuses))),
                launch.mode(),
                navigation,
                launch.returnUrl());
    }

    /// What each line is called by now: an item as the client calls it, a folder as the package does.
    private Map<String, String> titles(Handle db, Launch launch, PackageVersion version) {
        var ofItems = views.titles(db, launch);
        var titles = new HashMap<String, String>();
        version.itemIds().forEach((identifier, item) -> titles.put(identifier, ofItems.get(item)));
        return titles;
    }

    private Map<ItemId, String> statuses(Handle db, Launch launch) {
        return launch.mode() == Mode.BROWSE ? Map.of() : views.statuses(db, launch);
    }

    /// What may be opened in a course without sequencing.
    OpenItems openItems(Handle db, Launch launch, PackageVersion version) {
        return openItems(db, launch, version, statuses(db, launch));
    }

    private OpenItems openItems(
            Handle db, Launch launch, PackageVersion version, Map<ItemId, String> statuses) {
        return OpenItems.of(version, statuses, objectives(db, launch, version));
    }

    private Map<String, String> objectives(Handle db, Launch launch, PackageVersion version) {
        return version.content() instanceof Aicc course
                        && !course.logic().objectives().isEmpty()
                        && launch.mode() != Mode.BROWSE
                ? ReportedObjectives.in(views.said(db, launch))
                : Map.of();
    }

    /// What people read where an item waits for others, by their identifiers.
    String whatComesFirst(
            Handle db, Launch launch, PackageVersion version, Viewer viewer, List<String> others) {
        var lines = new Lines(launch, version, viewer, titles(db, launch, version), Map.of());
        var titles =
                version.content().outline().stream()
                        .filter(line -> others.contains(line.identifier()))
                        .map(lines::title)
                        .toList();
        return titles.isEmpty()
                ? "This part is closed by what you have done so far."
                : "This part opens later. It waits for: " + String.join(", ", titles) + ".";
    }

    private record Lines(
            Launch launch,
            PackageVersion version,
            Viewer viewer,
            Map<String, String> titles,
            Map<ItemId, String> statuses) {
        /// All that the launch leads to. Prerequisites decide where a result is at stake; a launch of one item is
        /// about that item.
        List<Course.Line> all(OpenItems open) {
            return version.content().outline().stream()
                    .filter(OutlineLine::visible)
                    .filter(line -> launch.item().map(item -> isOf(line, item)).orElse(true))
                    .map(line -> line(line, launch.isFree() || open.isOpen(line.identifier()), 0))
                    .toList();
        }

        private boolean isOf(OutlineLine line, ItemId item) {
            return item.equals(version.itemIds().get(line.identifier()));
        }

        /// In the order of sequencing, without what it does not show. The course as a whole comes first
        /// where its participants choose, at the top or further down, and may choose that too.
        List<Course.Line> allowed(NavigationState navigation) {
            var outline = new HashMap<String, OutlineLine>();
            version.content().outline().forEach(line -> outline.put(line.identifier(), line));
            var root = version.content().externalId();
            var lines = new ArrayList<Course.Line>();
            navigation.contents().stream()
                    .filter(entry -> entry.item().equals(root) && entry.selectable())
                    .filter(_ -> version.itemIds().size() > 1)
                    .filter(_ -> isChosenFrom(version.content()) || navigation.offersContents())
                    .forEach(_ -> lines.add(whole(root)));
            int below = lines.size();
            navigation.contents().stream()
                    .filter(ContentsEntry::visible)
                    .filter(entry -> outline.containsKey(entry.item()))
                    .map(entry -> line(outline.get(entry.item()), entry.selectable(), below))
                    .forEach(lines::add);
            return lines;
        }

        private static boolean isChosenFrom(Package content) {
            return content instanceof Scorm2004 course
                    && course.organization().root().sequencing().allows(ControlMode.CHOICE);
        }

        private Course.Line whole(String root) {
            return new Course.Line(
                    Optional.empty(), root, viewer.activityTitle(), 0, Optional.empty(), true);
        }

        private String title(OutlineLine line) {
            return Optional.ofNullable(titles.get(line.identifier()))
                    .orElseGet(() -> Titles.in(line.titles(), viewer.defaultLanguage()));
        }

        private Course.Line line(OutlineLine line, boolean enabled, int below) {
            var item = Optional.ofNullable(version.itemIds().get(line.identifier()));
            return new Course.Line(
                    item,
                    line.identifier(),
                    title(line),
                    line.level() + below,
                    item.map(id -> statuses.getOrDefault(id, "notStarted")),
                    enabled);
        }
    }
}
