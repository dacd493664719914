package io.coursewire.webhooks.delivery;

/// A step on the way from a change to the record of its delivery, at which a process may die.
enum CrashStep {
    /// The event is written, its transaction open.
    BEFORE_COMMIT,
    /// Committed, and nobody has been told.
    AFTER_COMMIT,
    /// The markers are about to be read.
    BEFORE_CLAIM,
    /// They have been read; nothing is sent of what they stand for.
    AFTER_CLAIM,
    /// The request is about to be made.
    BEFORE_SEND,
    /// The receiver has the request and does not answer yet.
    IN_FLIGHT,
    /// The answer is there; nothing tells of it yet.
    AFTER_ANSWER,
    /// The fate is written, its transaction open.
    BEFORE_RECORD,
    /// The fate is recorded.
    AFTER_RECORD
}
