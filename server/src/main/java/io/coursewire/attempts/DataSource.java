package io.coursewire.attempts;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// How the attempt's data was captured: by the system, or entered or imported by an administrator.
public enum DataSource {
    ONLINE("online"),
    OFFLINE("offline");

    private static final Map<String, DataSource> BY_WORD =
            Arrays.stream(values())
                    .collect(Collectors.toMap(DataSource::word, Function.identity()));

    private final String word;

    DataSource(String word) {
        this.word = word;
    }

    /// The word used in JSON and in the database.
    public String word() {
        return word;
    }

    public static Optional<DataSource> of(String word) {
        return Optional.ofNullable(BY_WORD.get(word));
    }
}
