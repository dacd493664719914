package io.coursewire.packages.zip;

import io.coursewire.packages.FoldedPath;
import io.coursewire.packages.PackageRefused;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// No two entries may have one name: which of them is meant would depend on who reads the zip.
final class UniqueNames {
    private UniqueNames() {}

    static void require(List<Entry> entries) {
        var paths = new HashMap<String, String>();
        for (var entry : entries) {
            var other = paths.put(FoldedPath.of(entry.path()), entry.path());
            if (other != null) {
                throw doubled(entry.path(), other);
            }
        }
        for (var entry : entries) {
            requireNoFileAbove(entry.path(), paths);
        }
    }

    private static PackageRefused doubled(String path, String other) {
        return path.equals(other)
                ? new PackageRefused(
                        "duplicate-name",
                        "the zip holds two entries of this name; keep one of them",
                        path)
                : new PackageRefused(
                        "duplicate-name",
                        "the zip also holds "
                                + other
                                + ", which differs in upper and lower case only; rename one of them",
                        path);
    }

    private static void requireNoFileAbove(String path, Map<String, String> paths) {
        var folded = FoldedPath.of(path);
        for (int at = folded.indexOf('/'); at >= 0; at = folded.indexOf('/', at + 1)) {
            if (paths.containsKey(folded.substring(0, at))) {
                throw new PackageRefused(
                        "duplicate-name",
                        "the zip holds a file and a folder of one name; rename one of them",
                        paths.get(folded.substring(0, at)));
            }
        }
    }
}
