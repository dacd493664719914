package io.coursewire.offline.importing;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import java.util.Arrays;
import java.util.Map;

/// What an import does about an attempt that is there already, with other values.
public enum Policy {
    KEEP("keep"),
    REPLACE_IF_NEWER("replaceIfNewer"),
    NEXT("next");

    public static final Map<String, Policy> WORDS =
            Arrays.stream(values()).collect(toMap(Policy::word, identity()));

    private final String word;

    Policy(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }
}
