package io.coursewire.webhooks.replay;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// How far a replay is.
public enum ReplayState {
    RUNNING,
    /// Everything that was asked for was tried.
    DONE,
    /// Someone ended it, or deleted its webhook.
    CANCELLED,
    /// The endpoint is in no state to go on with.
    STOPPED;

    static final Map<String, ReplayState> BY_WORD =
            Arrays.stream(values())
                    .collect(Collectors.toUnmodifiableMap(ReplayState::word, Function.identity()));

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
