package io.coursewire.runtime.launch;

import io.coursewire.kernel.ItemId;
import io.coursewire.runtime.Mode;
import io.coursewire.runtime.scorm2004.sequencing.NavigationState;
import java.util.List;
import java.util.Optional;

/// What the participant is in, whether or not content is open.
///
/// @param navigation what sequencing allows from here, empty in a course without it
public record Course(
        String title,
        List<Line> contents,
        Mode mode,
        Optional<NavigationState> navigation,
        Optional<String> returnUrl) {
    public Course {
        contents = List.copyOf(contents);
    }

    /// A line of the contents tree. `item` and `status` are empty for a folder.
    ///
    /// @param identifier the package's own, by which sequencing knows it
    /// @param enabled whether the participant may go there now
    public record Line(
            Optional<ItemId> item,
            String identifier,
            String title,
            int level,
            Optional<String> status,
            boolean enabled) {}
}
