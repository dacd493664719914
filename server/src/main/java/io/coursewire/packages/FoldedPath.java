package io.coursewire.packages;

import java.text.Normalizer;
import java.util.Locale;

/// A path as a file system that does not tell upper from lower case would compare it.
public final class FoldedPath {
    private FoldedPath() {}

    public static String of(String path) {
        var composed = Normalizer.normalize(path, Normalizer.Form.NFC);
        return composed.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }
}
