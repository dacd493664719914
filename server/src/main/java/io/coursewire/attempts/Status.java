package io.coursewire.attempts;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// A participant's status for a launch-able training item, in the words of the AttemptStatus object.
public enum Status {
    NOT_STARTED("notStarted"),
    IN_PROGRESS("inProgress"),
    SUSPENDED("suspended"),
    ACTIVE("active"),
    INCOMPLETE("incomplete"),
    COMPLETED("completed"),
    FAILED("failed"),
    PASSED("passed");

    private static final Map<String, Status> BY_WORD =
            Arrays.stream(values()).collect(Collectors.toMap(Status::word, Function.identity()));

    private final String word;

    Status(String word) {
        this.word = word;
    }

    /// The word used in JSON and in the database.
    public String word() {
        return word;
    }

    public static Optional<Status> of(String word) {
        return Optional.ofNullable(BY_WORD.get(word));
    }
}
