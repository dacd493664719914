package io.coursewire.catalog;

import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Optional;

/// A language by its tag (BCP 47), in its usual spelling: `en`, `fr-CA`, `und` for one that nobody named.
public record Language(String tag) {
    public static final int CHARS_MAX = 35;
    public static final Language UNDETERMINED = new Language("und");

    public static Optional<Language> parse(String text) {
        if (text.length() > CHARS_MAX) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new Language(
                            new Locale.Builder().setLanguageTag(text).build().toLanguageTag()));
        } catch (IllformedLocaleException e) {
            return Optional.empty();
        }
    }

    /// `fr` of `fr-CA`.
    String primary() {
        return tag.split("-", 2)[0];
    }

    @Override
    public String toString() {
        return tag;
    }
}
