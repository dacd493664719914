package io.coursewire.runtime.scorm2004.sequencing;

/// What came of a request.
public sealed interface Decision {
    /// Content is to be delivered.
    ///
    /// @param resumed its last attempt goes on: its run-time data is kept. Otherwise it starts with new data
    record Deliver(String activity, boolean resumed) implements Decision {}

    /// The sequencing session is over.
    record SessionEnded() implements Decision {}

    /// No content is delivered and none is under way: the learner chooses what comes next.
    record Waiting() implements Decision {}

    /// The request could not be met.
    ///
    /// @param exception the code of the specification, as `NB.2.1-8`
    record Refused(String exception) implements Decision {
        /// The reason in words.
        public String message() {
            return Exceptions.message(exception);
        }
    }
}
