package io.coursewire.offline.mapping;

import java.util.regex.Pattern;

/// Text that spreadsheets would run as a formula: an export puts an apostrophe before it, an import takes it away.
/// One undoes the other for any text. Pure.
public final class SpreadsheetText {
    private static final String RISKY = "=+@\t\r-";
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+([.,]\\d+)?");

    private SpreadsheetText() {}

    public static String neutralised(String text) {
        return isRisky(text, 0) ? "'" + text : text;
    }

    /// A cell as it came in, made harmless: one that an export neutralised is left as it is.
    public static String safe(String cell) {
        return cell.startsWith("'") ? cell : neutralised(cell);
    }

    static String original(String cell) {
        return !cell.isEmpty() && cell.charAt(0) == '\'' && isRisky(cell, 1)
                ? cell.substring(1)
                : cell;
    }

    // Apostrophes before it count along, so that a text which has one already comes back with it.
    private static boolean isRisky(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) == '\'') {
            at++;
        }
        return at < text.length()
                && RISKY.indexOf(text.charAt(at)) >= 0
                && !NUMBER.matcher(text).region(from, text.length()).matches();
    }
}
