package io.coursewire.packages;

import io.coursewire.packages.zip.Entry;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Finds the file that describes a course, and with it the folder which its paths are relative to.
final class FindManifest {
    /// @param name the manifest's path as the zip writes it
    record Found(Kind kind, String name, PackageFiles files) {}

    /// The files that describe a course, in the order of preference: SCORM courses made with newer tools may
    /// carry a second description for xAPI.
    enum Kind {
        IMS_MANIFEST("imsmanifest.xml"),
        CMI5("cmi5.xml"),
        TINCAN("tincan.xml"),
        AICC(".crs");

        private final String name;

        Kind(String name) {
            this.name = name;
        }

        private boolean fits(String path) {
            var folded = path.toLowerCase(Locale.ROOT);
            return path.indexOf('/') < 0
                    && (name.startsWith(".") ? folded.endsWith(name) : folded.equals(name));
        }
    }

    private static final Set<String> LITTER = Set.of(".ds_store", "thumbs.db", "desktop.ini");

    private final Warnings warnings;

    FindManifest(Warnings warnings) {
        this.warnings = warnings;
    }

    Found in(List<Entry> entries) {
        var useful = entries.stream().filter(entry -> !isLitter(entry.path())).toList();
        if (useful.isEmpty()) {
            throw new PackageRefused("empty-zip", "the zip holds no files of a course");
        }
        var files = PackageFiles.of(useful);
        while (true) {
            var found = top(files);
            if (found.isPresent()) {
                return found.get();
            }
            files = below(files);
        }
    }

    /// What operating systems leave in folders.
    private static boolean isLitter(String path) {
        var name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        return path.startsWith("__MACOSX/") || LITTER.contains(name) || name.startsWith("._");
    }

    private Optional<Found> top(PackageFiles files) {
        for (var kind : Kind.values()) {
            var name = files.paths().stream().filter(kind::fits).min(Comparator.naturalOrder());
            if (name.isPresent()) {
                warnOfCase(kind, name.get());
                return Optional.of(new Found(kind, name.get(), files));
            }
        }
        return Optional.empty();
    }

    private void warnOfCase(Kind kind, String name) {
        if (!name.endsWith(kind.name) && kind != Kind.AICC) {
            warnings.add("wrong-case", "the manifest's name should be " + kind.name, name);
        }
    }

    private PackageFiles below(PackageFiles files) {
        var folder = singleFolder(files);
        if (folder.isEmpty()) {
            throw missing(files);
        }
        warnings.add(
                "single-folder",
                "the course is in a folder of its own inside the zip",
                folder.get() + "/");
        return files.below(folder.get());
    }

    private static Optional<String> singleFolder(PackageFiles files) {
        var first = files.paths().iterator().next();
        int slash = first.indexOf('/');
        if (slash < 0) {
            return Optional.empty();
        }
        var prefix = first.substring(0, slash + 1);
        return files.paths().stream().allMatch(path -> path.startsWith(prefix))
                ? Optional.of(prefix.substring(0, slash))
                : Optional.empty();
    }

    private static PackageRefused missing(PackageFiles files) {
        for (var kind : Kind.values()) {
            var deeper =
                    files.paths().stream()
                            .filter(path -> kind.fits(path.substring(path.lastIndexOf('/') + 1)))
                            .findFirst();
            if (deeper.isPresent()) {
                return new PackageRefused(
                        "no-manifest",
                        "the manifest is not at the top of the zip; zip the content of its folder"
                                + " instead of what is around it",
                        deeper.get());
            }
        }
        return new PackageRefused("no-manifest", hint(files));
    }

    private static String hint(PackageFiles files) {
        var none = "the zip has no imsmanifest.xml, cmi5.xml, tincan.xml or AICC .crs file";
        if (files.has("[Content_Types].xml")) {
            return none + "; it is an Office document: export a course from the authoring tool";
        }
        if (files.has("h5p.json")) {
            return none + "; it is an H5P activity: export it as a SCORM package";
        }
        boolean zips = files.paths().stream().allMatch(path -> path.endsWith(".zip"));
        return zips
                ? none + "; it holds other zips: send each of them alone"
                : none + ": export it from the authoring tool as a course for a learning system";
    }
}
