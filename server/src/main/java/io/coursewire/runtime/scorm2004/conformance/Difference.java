package io.coursewire.runtime.scorm2004.conformance;

/// The first thing in a case that was not as expected. Ends the replay of that case.
public final class Difference extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Difference(String where, Object expected, Object found) {
        super(where + ": expected " + expected + ", found " + found);
    }

    public static void check(String where, Object expected, Object found) {
        if (!expected.equals(found)) {
            throw new Difference(where, expected, found);
        }
    }
}
