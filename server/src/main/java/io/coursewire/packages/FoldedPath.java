package io.coursewire.packages;

import java.text.Normalizer;

/// A path as a file system that does not tell upper from lower case would compare it.
public final class FoldedPath {
    private FoldedPath() {}

    public static String of(String path) {
        var composed = Normalizer.normalize(path, Normalizer.Form.NFC);
        // One by one: as whole words, "ß" and "ss" would be one name, which no file system thinks.
        return composed.codePoints()
                .map(c -> Character.toLowerCase(Character.toUpperCase(c)))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
