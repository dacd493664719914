package io.coursewire.runtime.launch;

import java.util.Arrays;
import java.util.Optional;

/// Why a session is over. Only content's own end and a revoked link are for good: after any other, a
/// commit of the same session opens it again, unless the attempt has a newer one.
enum CloseCause {
    FINISHED("finished"),
    LEFT("left"),
    SILENT("silent"),
    REPLACED("replaced"),
    REVOKED("revoked");

    private final String word;

    CloseCause(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }

    static Optional<CloseCause> of(String word) {
        return Arrays.stream(values()).filter(cause -> cause.word.equals(word)).findFirst();
    }
}
