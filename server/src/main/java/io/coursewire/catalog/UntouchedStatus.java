package io.coursewire.catalog;

import java.util.Locale;
import java.util.Map;

/// What content is that ended normally and never set a status.
public enum UntouchedStatus {
    COMPLETED,
    INCOMPLETE;

    static final Map<String, UntouchedStatus> WORDS =
            Map.of(COMPLETED.word(), COMPLETED, INCOMPLETE.word(), INCOMPLETE);

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
