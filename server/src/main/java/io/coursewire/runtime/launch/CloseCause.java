package io.coursewire.runtime.launch;

import io.coursewire.runtime.End;
import java.util.Arrays;
import java.util.Optional;

/// Why a session is over. After it was left or fell silent, a commit of the same session opens it again; the
/// other ends are for good. Overruled: an administrator gave its attempt another result, or gave it to somebody else.
enum CloseCause {
    FINISHED("finished"),
    LEFT("left"),
    SILENT("silent"),
    REPLACED("replaced"),
    REVOKED("revoked"),
    OVERRULED("overruled");

    private final String word;

    CloseCause(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }

    boolean isForGood() {
        return this != LEFT && this != SILENT;
    }

    /// Of an attempt that is final, no other session follows.
    boolean isLast() {
        return this == FINISHED || this == OVERRULED;
    }

    End end() {
        return this == FINISHED ? End.FINISHED : End.LEFT;
    }

    static Optional<CloseCause> of(String word) {
        return Arrays.stream(values()).filter(cause -> cause.word.equals(word)).findFirst();
    }
}
