package io.coursewire.packages.zip;

import io.coursewire.packages.PackageRefused;

/// The refusals of a zip whose parts contradict each other.
final class Damaged {
    private static final String REMEDY =
            "; make the zip anew, or send it again if it was cut short";

    private Damaged() {}

    static PackageRefused zip(String what) {
        return new PackageRefused("damaged-zip", what + REMEDY);
    }

    static PackageRefused entry(String name, String what) {
        return new PackageRefused("damaged-zip", what + REMEDY, name);
    }

    static PackageRefused disagree(String name, String what) {
        return new PackageRefused(
                "headers-disagree",
                "the zip's directory and the entry's own header disagree about its "
                        + what
                        + ", so different programs would see different files; make the zip anew",
                name);
    }
}
