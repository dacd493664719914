package io.coursewire.runtime.scorm2004.sequencing;

/// What is asked of the tree once the current activity is dealt with.
sealed interface SequencingRequest {
    enum Plain implements SequencingRequest {
        NONE,
        START,
        RESUME_ALL,
        CONTINUE,
        PREVIOUS,
        RETRY,
        EXIT
    }

    record Choice(int target) implements SequencingRequest {}

    record Jump(int target) implements SequencingRequest {}
}
