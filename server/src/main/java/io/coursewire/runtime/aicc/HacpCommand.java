package io.coursewire.runtime.aicc;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What content may ask for.
public enum HacpCommand {
    GET_PARAM,
    PUT_PARAM,
    PUT_COMMENTS,
    PUT_INTERACTIONS,
    PUT_OBJECTIVES,
    PUT_PATH,
    PUT_PERFORMANCE,
    EXIT_AU;

    /// In any case: `GetParam`, `getparam`.
    static Optional<HacpCommand> of(String word) {
        var bare = word.strip().toUpperCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(command -> command.name().replace("_", "").equals(bare))
                .findFirst();
    }
}
