package io.coursewire.runtime.scorm2004.sequencing;

/// Where a walk over the tree arrived.
///
/// @param activity the activity that was found, or where the walk stopped
/// @param exception empty where the walk succeeded or walked off the tree
/// @param offTheTree the walk went past the last activity: the session ends
record Traversal(int activity, boolean deliverable, String exception, boolean offTheTree) {
    static Traversal to(int activity) {
        return new Traversal(activity, true, "", false);
    }

    static Traversal stopped(int activity, String exception) {
        return new Traversal(activity, false, exception, false);
    }

    static Traversal end(int activity) {
        return new Traversal(activity, false, "", true);
    }
}
