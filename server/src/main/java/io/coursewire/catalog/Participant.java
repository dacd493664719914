package io.coursewire.catalog;

import io.coursewire.kernel.UserId;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/// A person who takes training, by the name that is used for logging in. One who was there twice is merged into the
/// other, and all that is said of him is said of that one.
public record Participant(UserId id, String username, Details details, Optional<Merged> merged) {
    public static final int USERNAME_CHARS_MAX = 255;
    static final String ANONYMISED_PREFIX = "anonymised-";

    // Names that differ in what nobody sees would be one person to the eye and two to the database.
    private static final Pattern USERNAME =
            Pattern.compile(
                    "[^\\p{Cntrl}\\p{Z}\\p{Cf}](?:[^\\p{Cntrl}\\p{Cf}]*[^\\p{Cntrl}\\p{Z}\\p{Cf}])?");

    public Participant(UserId id, String username, Details details) {
        this(id, username, details, Optional.empty());
    }

    /// Into whom, by whom and why.
    public record Merged(UserId into, String username, Instant at, String author, String reason) {}

    /// What else is known of the person.
    public record Details(
            Optional<String> firstName,
            Optional<String> lastName,
            Optional<String> email,
            Optional<String> externalId,
            Optional<Language> language) {}

    /// What a username must be: completes the sentence "must be ...".
    public static final String USERNAME_FORM =
            "1 to "
                    + USERNAME_CHARS_MAX
                    + " characters, without control characters, without spaces around it, and not beginning with \""
                    + ANONYMISED_PREFIX
                    + "\"";

    public static boolean isUsername(String text) {
        return text.codePointCount(0, text.length()) <= USERNAME_CHARS_MAX
                && USERNAME.matcher(text).matches()
                && !text.startsWith(ANONYMISED_PREFIX);
    }
}
