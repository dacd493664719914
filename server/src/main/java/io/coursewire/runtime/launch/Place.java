package io.coursewire.runtime.launch;

import io.coursewire.kernel.ItemId;
import io.coursewire.packages.PackageVersion;
import io.coursewire.runtime.DataModel;
import io.coursewire.runtime.scorm2004.sequencing.NavigationState;
import java.util.Optional;

/// What is opened, once all of it is known to be there.
///
/// @param navigation what sequencing allows from there, empty in a course without it
record Place(
        Launch launch,
        PackageVersion version,
        ItemId item,
        ContentItem content,
        Optional<NavigationState> navigation) {

    /// The item that the launch is for, else the one wanted, else the first.
    static Optional<Place> of(Launch launch, PackageVersion version, Optional<ItemId> wanted) {
        return launch.item()
                .or(() -> wanted)
                .or(() -> ContentItem.first(version))
                .flatMap(
                        item ->
                                ContentItem.find(version, item, launch.mode())
                                        .map(
                                                content ->
                                                        new Place(
                                                                launch,
                                                                version,
                                                                item,
                                                                content,
                                                                Optional.empty())));
    }

    /// Where sequencing delivers content.
    static Place of(SequencedCourse course, Moved.Delivered delivered) {
        var item = course.itemId(delivered.activity());
        var content =
                ContentItem.find(course.version(), item, course.launch().mode()).orElseThrow();
        return new Place(
                course.launch(),
                course.version(),
                item,
                content.delivered(delivered.start()),
                Optional.of(delivered.navigation()));
    }

    Place by(Launch other) {
        return new Place(other, version, item, content, navigation);
    }

    DataModel model() {
        return content.model();
    }
}
