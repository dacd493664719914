package io.coursewire.runtime.scorm2004.sequencing;

/// Three-valued logic of rule conditions: what is not known yet is neither true nor false.
enum Truth {
    TRUE,
    FALSE,
    UNKNOWN;

    static Truth of(boolean value) {
        return value ? TRUE : FALSE;
    }

    Truth not() {
        return switch (this) {
            case TRUE -> FALSE;
            case FALSE -> TRUE;
            case UNKNOWN -> UNKNOWN;
        };
    }

    boolean known() {
        return this != UNKNOWN;
    }
}
