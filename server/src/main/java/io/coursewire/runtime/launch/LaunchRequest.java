package io.coursewire.runtime.launch;

import io.coursewire.kernel.ActivityId;
import io.coursewire.kernel.ItemId;
import io.coursewire.kernel.UserId;
import io.coursewire.runtime.Mode;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/// Who wants to open what, and how. Without an item the activity decides.
public record LaunchRequest(
        UserId user,
        ActivityId activity,
        Optional<ItemId> item,
        AttemptChoice attempt,
        Mode mode,
        Optional<String> returnUrl,
        Duration validFor) {
    public static final Duration VALID_DEFAULT = Duration.ofMinutes(10);
    public static final Duration VALID_MAX = Duration.ofDays(30);

    /// Which attempt to open: the newest that is not final, else a new one; that one and no other; a new
    /// one in any case.
    public enum AttemptChoice {
        RESUME_OR_NEW(""),
        RESUME("resume"),
        NEW("new");

        private final String word;

        AttemptChoice(String word) {
            this.word = word;
        }

        public static Optional<AttemptChoice> of(String word) {
            return Arrays.stream(values())
                    .filter(choice -> !word.isEmpty() && choice.word.equals(word))
                    .findFirst();
        }
    }

    LaunchRequest by(UserId other) {
        return new LaunchRequest(other, activity, item, attempt, mode, returnUrl, validFor);
    }
}
