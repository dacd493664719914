package io.coursewire.offline.reading;

import java.util.List;
import java.util.Optional;

/// Finds out what separates the cells of a CSV file, by its first lines. Pure.
final class FindDelimiter {
    private static final List<Character> USUAL = List.of(',', ';', '\t', '|');
    private static final String DECLARATION = "sep=";

    private FindDelimiter() {}

    /// Spreadsheets declare it in a line of its own, `sep=;`.
    static Optional<Character> declared(String beginning) {
        var line = beginning.lines().findFirst().orElse("").strip();
        return line.length() == DECLARATION.length() + 1 && line.startsWith(DECLARATION)
                ? Optional.of(line.charAt(DECLARATION.length()))
                : Optional.empty();
    }

    /// The usual one that the header has most of, outside quotes; a comma when it has none.
    static char of(String beginning) {
        char best = ',';
        int most = 0;
        for (char candidate : USUAL) {
            int count = countInHeader(beginning, candidate);
            if (count > most) {
                most = count;
                best = candidate;
            }
        }
        return best;
    }

    private static int countInHeader(String beginning, char candidate) {
        boolean quoted = false;
        int count = 0;
        for (int i = 0; i < beginning.length(); i++) {
            char c = beginning.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == '\n' || c == '\r')) {
                return count;
            } else if (!quoted && c == candidate) {
                count++;
            }
        }
        return count;
    }
}
