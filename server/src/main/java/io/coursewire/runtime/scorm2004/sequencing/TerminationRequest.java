package io.coursewire.runtime.scorm2004.sequencing;

/// What a navigation request first asks of the current activity.
enum TerminationRequest {
    NONE,
    EXIT,
    EXIT_ALL,
    SUSPEND_ALL,
    ABANDON,
    ABANDON_ALL
}
