package io.coursewire.runtime.scorm2004.sequencing;

import io.coursewire.packages.scorm2004.Presentation.Control;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What the learner can do from here: the player's controls, and the answers to `adl.nav.request_valid`.
///
/// @param contents the table of contents in the order of the tree as it is offered, without activities that were not selected
public record NavigationState(
        Map<Control, ControlState> controls, RequestValid valid, List<ContentsEntry> contents) {
    public NavigationState {
        controls = Collections.unmodifiableMap(new EnumMap<>(controls));
        contents = List.copyOf(contents);
    }

    public enum ControlState {
        /// The content asks for the control to be taken away.
        HIDDEN,
        DISABLED,
        ENABLED
    }

    /// `adl.nav.request_valid`: whether a request would be met.
    ///
    /// @param choice the items that can be chosen
    /// @param jump the items that can be jumped to
    public record RequestValid(
            boolean continues, boolean previous, Set<String> choice, Set<String> jump) {
        public RequestValid {
            choice = Collections.unmodifiableSet(new LinkedHashSet<>(choice));
            jump = Collections.unmodifiableSet(new LinkedHashSet<>(jump));
        }
    }

    /// @param visible shown at all: neither `isvisible="false"` nor hidden from choice
    /// @param selectable choosing it would be met
    public record ContentsEntry(
            String item, boolean visible, boolean selectable, boolean current) {}

    /// There is something to choose in the table of contents, apart from the course as a whole.
    public boolean offersContents() {
        return contents.stream().skip(1).anyMatch(entry -> entry.visible() && entry.selectable());
    }
}
