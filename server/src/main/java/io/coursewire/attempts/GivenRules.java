package io.coursewire.attempts;

import java.util.Set;

/// What a given result means for an attempt: its status is taken at its word. Pure.
public final class GivenRules {
    private static final Set<Status> FINAL = Set.of(Status.COMPLETED, Status.FAILED, Status.PASSED);

    private GivenRules() {}

    /// Completed, passed and failed end an attempt.
    public static boolean isFinal(Status status) {
        return FINAL.contains(status);
    }

    /// The progress of which [StatusRules#status] says the status that was given.
    static Progress progress(GivenResult result, String rule) {
        return new Progress(
                completion(result.status()),
                success(result.status()),
                result.score(),
                presence(result.status()),
                isFinal(result.status()),
                rule);
    }

    /// Whether a correction leaves an attempt with the status that it has: then what led to that stays too. A time of
    /// completion makes one final that was not.
    public static boolean keepsStatus(Progress before, GivenResult corrected) {
        return StatusRules.status(before) == corrected.status()
                && (before.isFinal() || corrected.completed().isEmpty());
    }

    static Progress corrected(Progress before, GivenResult result, String rule) {
        return keepsStatus(before, result)
                ? new Progress(
                        before.completion(),
                        before.success(),
                        result.score(),
                        before.presence(),
                        before.isFinal(),
                        rule)
                : progress(result, rule);
    }

    /// An attempt that was played as its AttemptStatus had it: one that had come to its end says when, and one that
    /// had not, though it was passed or failed, was to be gone on with.
    static Progress restored(GivenResult result, String rule) {
        return isFinal(result.status()) && result.completed().isEmpty()
                ? new Progress(
                        Completion.INCOMPLETE,
                        success(result.status()),
                        result.score(),
                        Presence.SUSPENDED,
                        false,
                        rule)
                : progress(result, rule);
    }

    private static Completion completion(Status status) {
        return switch (status) {
            case NOT_STARTED, IN_PROGRESS, SUSPENDED -> Completion.UNKNOWN;
            case INCOMPLETE -> Completion.INCOMPLETE;
            case COMPLETED, FAILED, PASSED -> Completion.COMPLETED;
            case ACTIVE -> throw nobodyIsInside();
        };
    }

    private static Success success(Status status) {
        return switch (status) {
            case PASSED -> Success.PASSED;
            case FAILED -> Success.FAILED;
            case NOT_STARTED, IN_PROGRESS, SUSPENDED, INCOMPLETE, COMPLETED -> Success.UNKNOWN;
            case ACTIVE -> throw nobodyIsInside();
        };
    }

    private static Presence presence(Status status) {
        return switch (status) {
            case NOT_STARTED -> Presence.NEVER_OPENED;
            case SUSPENDED -> Presence.SUSPENDED;
            case IN_PROGRESS, INCOMPLETE, COMPLETED, FAILED, PASSED -> Presence.LEFT;
            case ACTIVE -> throw nobodyIsInside();
        };
    }

    private static IllegalArgumentException nobodyIsInside() {
        return new IllegalArgumentException("active is seen, never given");
    }
}
