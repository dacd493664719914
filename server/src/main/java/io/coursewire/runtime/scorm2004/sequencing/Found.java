package io.coursewire.runtime.scorm2004.sequencing;

/// What a sequencing request found.
///
/// @param delivery the activity identified for delivery, or NONE
/// @param moveTo where a choice that reached no content leaves the current activity, or NONE (SB.2.9-9)
/// @param ends the sequencing session ends
/// @param exception empty when the request was valid
record Found(int delivery, int moveTo, boolean ends, String exception) {
    static Found delivery(int activity) {
        return new Found(activity, ActivityTree.NONE, false, "");
    }

    static Found nothing() {
        return new Found(ActivityTree.NONE, ActivityTree.NONE, false, "");
    }

    static Found end() {
        return new Found(ActivityTree.NONE, ActivityTree.NONE, true, "");
    }

    static Found refused(String exception) {
        return new Found(ActivityTree.NONE, ActivityTree.NONE, false, exception);
    }

    static Found stranded(int target) {
        return new Found(ActivityTree.NONE, target, false, "SB.2.9-9");
    }

    static Found by(Traversal traversal) {
        if (traversal.deliverable()) {
            return delivery(traversal.activity());
        }
        return traversal.offTheTree() ? end() : refused(traversal.exception());
    }

    boolean hasDelivery() {
        return delivery != ActivityTree.NONE;
    }
}
