package io.coursewire.packages;

import java.util.List;

/// The refusal of a course none of whose items opens anything, with the first thing that was in the way.
public final class NothingToOpen {
    private static final List<String> CAUSES =
            List.of("dangling-reference", "no-href", "missing-file", "unusable-href");

    private NothingToOpen() {}

    public static PackageRefused of(Warnings warnings, String place) {
        var because =
                warnings.list().stream()
                        .filter(warning -> CAUSES.contains(warning.code()))
                        .findFirst()
                        .map(warning -> ": " + warning.message())
                        .orElse("");
        return new PackageRefused(
                "nothing-to-open",
                "no item of the course opens a file of the package" + because,
                place);
    }
}
