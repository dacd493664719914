package io.coursewire.kernel;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// Finds the word that someone probably meant, so that a refusal can suggest it.
public final class Nearest {
    private static final int CHARS_MAX = 64;

    private Nearest() {}

    /// The known word within a third of its length in edits, case aside; empty when none is that near.
    public static Optional<String> of(String given, Collection<String> known) {
        if (given.length() > CHARS_MAX) {
            return Optional.empty();
        }
        return known.stream()
                .filter(word -> distance(given, word) <= Math.max(1, word.length() / 3))
                .min(
                        Comparator.comparingInt((String word) -> distance(given, word))
                                .thenComparing(word -> word));
    }

    /// ` Did you mean "..."?`, or nothing.
    public static String hint(String given, Collection<String> known) {
        return of(given, known).map(word -> " Did you mean \"" + word + "\"?").orElse("");
    }

    /// `must be one of a, b, c.` with the one that was probably meant, for a word that is none of them.
    public static String oneOf(String given, Collection<String> known) {
        var words = String.join(", ", known.stream().sorted().toList());
        return (known.size() == 1 ? "must be " : "must be one of ")
                + words
                + "."
                + hint(given, known);
    }

    private static int distance(String given, String word) {
        return edits(given.toLowerCase(Locale.ROOT), word.toLowerCase(Locale.ROOT));
    }

    // Levenshtein, one row at a time.
    private static int edits(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
