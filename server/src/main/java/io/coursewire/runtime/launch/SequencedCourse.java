package io.coursewire.runtime.launch;

import io.coursewire.kernel.CourseAttemptId;
import io.coursewire.kernel.ItemId;
import io.coursewire.packages.PackageVersion;
import io.coursewire.packages.Scorm2004;
import io.coursewire.packages.scorm2004.Item;
import io.coursewire.packages.scorm2004.LaunchData.SharedData;
import io.coursewire.runtime.scorm2004.ReportedData;
import io.coursewire.runtime.scorm2004.sequencing.ActivityTree;
import java.util.List;
import java.util.Optional;

/// A launch of a SCORM 2004 course for a result, with the tree that decides what it delivers.
record SequencedCourse(
        Launch launch,
        PackageVersion version,
        Scorm2004 content,
        ActivityTree tree,
        boolean looksAtMeasures) {
    static SequencedCourse of(Launch launch, PackageVersion version, Scorm2004 content) {
        return new SequencedCourse(
                launch,
                version,
                content,
                ActivityTree.of(content.organization()),
                content.organization().looksAtMeasures());
    }

    SequencedCourse by(Launch other) {
        return new SequencedCourse(other, version, content, tree, looksAtMeasures);
    }

    CourseAttemptId courseAttempt() {
        return launch.courseAttempt().orElseThrow();
    }

    boolean hasSeveralItems() {
        return version.itemIds().size() > 1;
    }

    /// Whether it may lead elsewhere after this commit.
    boolean listens(Commit commit) {
        return listens(commit, looksAtMeasures);
    }

    static boolean listens(Commit commit, boolean looksAtMeasures) {
        return commit.finish()
                || commit.left()
                || ReportedData.isHeard(commit.change().elements().keySet(), looksAtMeasures);
    }

    /// The item that an item launch asks for; a course of one item has nothing to choose.
    Optional<String> chosen(Optional<ItemId> item) {
        return launch.item()
                .or(() -> item)
                .filter(_ -> hasSeveralItems())
                .flatMap(version::identifier);
    }

    ItemId itemId(String activity) {
        return version.itemIds().get(activity);
    }

    /// Whether this version of the package still has that activity.
    boolean has(String activity) {
        return content.item(activity).isPresent() && version.itemIds().containsKey(activity);
    }

    List<SharedData> buckets(String activity) {
        return item(activity).content().launchData().sharedData();
    }

    boolean isSco(String activity) {
        return item(activity).content().launch().filter(l -> l.sco()).isPresent();
    }

    private Item item(String activity) {
        return content.item(activity).orElseThrow();
    }
}
