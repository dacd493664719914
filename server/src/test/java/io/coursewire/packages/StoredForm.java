package io.coursewire.packages;

/// A package as the database keeps it, for tests that put one there without importing it.
public final class StoredForm {
    private StoredForm() {}

    public static String of(Package content) {
        return PackageJson.write(content);
    }
}
