package io.coursewire.packages.scorm2004;

import java.util.Locale;

/// The editions of SCORM 2004 that are read. They differ in a few manifest elements only.
public enum Edition {
    SECOND,
    THIRD,
    FOURTH;

    /// Reads `<schemaversion>`: `CAM 1.3`, `2004 3rd Edition`, `2004 4th Edition`. Anything else is read as the newest.
    static Edition of(String schemaVersion) {
        var version = schemaVersion.toLowerCase(Locale.ROOT);
        if (version.contains("cam 1.3") || version.contains("2nd")) {
            return SECOND;
        }
        return version.contains("3rd") ? THIRD : FOURTH;
    }
}
