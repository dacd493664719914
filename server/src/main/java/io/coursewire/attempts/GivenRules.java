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
