package io.coursewire.packages;

import io.coursewire.kernel.ActivityId;

/// What a package is brought in as.
public sealed interface ImportTarget {
    /// A new version of the activity that has the same manifest identifier; the first of it is a new activity.
    record SameManifest() implements ImportTarget {}

    /// A new activity, whatever there is.
    record NewActivity() implements ImportTarget {}

    /// A new version of this activity, whatever its package was called so far.
    record Replace(ActivityId activity) implements ImportTarget {}
}
