package io.coursewire.runtime.launch;

import java.util.Optional;

/// Who looks at what, in the words that the player and the content show.
record Viewer(
        String userId,
        String username,
        Optional<String> firstName,
        Optional<String> lastName,
        Optional<String> language,
        String defaultLanguage,
        String activityTitle,
        boolean strictLimits) {
    /// `Last, First`, as SCORM has it (RTE 3.4.4); the username where there is no name.
    String studentName() {
        if (lastName.isPresent() && firstName.isPresent()) {
            return lastName.get() + ", " + firstName.get();
        }
        return lastName.or(() -> firstName).orElse(username);
    }
}
