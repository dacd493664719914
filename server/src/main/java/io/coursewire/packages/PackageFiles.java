package io.coursewire.packages;

import io.coursewire.packages.zip.Entry;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The files of a package by path. No two paths differ in case only.
public final class PackageFiles {
    private final Map<String, Entry> byPath = new LinkedHashMap<>();
    private final Map<String, String> byFolded = new LinkedHashMap<>();

    private PackageFiles(Collection<Entry> entries, int skippedChars) {
        for (var entry : entries) {
            var path = entry.path().substring(skippedChars);
            byPath.put(path, entry);
            byFolded.put(FoldedPath.of(path), path);
        }
    }

    static PackageFiles of(Collection<Entry> entries) {
        return new PackageFiles(entries, 0);
    }

    /// The same files seen from the folder that all of them are in.
    PackageFiles below(String folder) {
        return new PackageFiles(byPath.values(), topChars() + folder.length() + 1);
    }

    private int topChars() {
        var first = byPath.entrySet().iterator().next();
        return first.getValue().path().length() - first.getKey().length();
    }

    public Set<String> paths() {
        return byPath.keySet();
    }

    public Map<String, Entry> entries() {
        return byPath;
    }

    public boolean has(String path) {
        return byPath.containsKey(path);
    }

    /// The path as the zip writes it, upper and lower case aside.
    public Optional<String> find(String path) {
        return has(path)
                ? Optional.of(path)
                : Optional.ofNullable(byFolded.get(FoldedPath.of(path)));
    }
}
