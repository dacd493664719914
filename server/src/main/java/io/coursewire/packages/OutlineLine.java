package io.coursewire.packages;

import java.util.Map;

/// One line of a course's contents tree.
///
/// @param level 0 for the outermost items
/// @param visible false where the package asks to leave the line out of the tree
/// @param launchable false for a folder
/// @param counts whether the course waits for it: everything launchable, unless the package says otherwise
public record OutlineLine(
        String identifier,
        Map<String, String> titles,
        int level,
        boolean visible,
        boolean launchable,
        boolean counts) {
    public OutlineLine {
        titles = Map.copyOf(titles);
    }
}
