package io.coursewire.runtime;

/// Whether and how a session of content is over.
public enum End {
    /// It goes on.
    NONE,
    /// Content ended it itself (LMSFinish, Terminate).
    FINISHED,
    /// The participant went away, or gave no sign of life, without that.
    LEFT
}
