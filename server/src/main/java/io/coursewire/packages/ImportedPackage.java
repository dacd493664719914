package io.coursewire.packages;

import io.coursewire.kernel.ActivityId;
import java.util.List;

/// What came of an import: the activity, which the catalog describes, and the version that new course
/// attempts get.
public record ImportedPackage(
        ActivityId activity, int version, Standard standard, List<PackageWarning> warnings) {
    public ImportedPackage {
        warnings = List.copyOf(warnings);
    }
}
