package io.coursewire.runtime.scorm2004.conformance;

/// The first thing in a case that was not as expected. Ends the replay of that case.
final class Difference extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Difference(String where, Object expected, Object found) {
        super(where + ": expected " + expected + ", found " + found);
    }

    static void check(String where, Object expected, Object found) {
        if (!expected.equals(found)) {
            throw new Difference(where, expected, found);
        }
    }
}
