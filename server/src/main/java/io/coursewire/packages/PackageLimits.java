package io.coursewire.packages;

/// How large a package may be. Bytes are real ones, counted while they are read, never declared ones.
///
/// @param ratioMax how many times larger a file, and all of them together, may be than the compressed form, beyond the
///     first [#RATIO_FREE_BYTES]
/// @param keptFreeBytes of the disk, which no import takes: less is what operators are alerted of
public record PackageLimits(
        long uploadBytesMax,
        long contentBytesMax,
        long fileBytesMax,
        int entriesMax,
        int ratioMax,
        long keptFreeBytes) {
    private static final long GIB = 1L << 30;

    public static final PackageLimits DEFAULT =
            new PackageLimits(4 * GIB, 8 * GIB, 4 * GIB, 50_000, 200, GIB);

    /// Text that repeats itself compresses without bounds; up to this size it harms nobody.
    public static final long RATIO_FREE_BYTES = 16L << 20;

    /// Of a file's path below the package, folders included.
    public static final int PATH_CHARS_MAX = 500;

    /// Folders within folders.
    public static final int PATH_DEPTH_MAX = 40;

    /// Manifests, course structures and other files that are read whole.
    public static final int MANIFEST_BYTES_MAX = 16 << 20;

    /// Elements within elements of a manifest.
    public static final int XML_DEPTH_MAX = 100;

    /// Elements of a manifest.
    public static final int XML_ELEMENTS_MAX = 100_000;

    /// Attributes of all elements of a manifest.
    public static final int XML_ATTRIBUTES_MAX = 500_000;

    /// Items of a course, folders included.
    public static final int ITEMS_MAX = 20_000;

    /// Items within items.
    public static final int ITEM_DEPTH_MAX = 50;

    /// Of an identifier that the database indexes.
    public static final int IDENTIFIER_CHARS_MAX = 500;

    /// Of a title; longer ones are cut.
    public static final int TITLE_CHARS_MAX = 1_000;

    /// Whether so much came out of so little that somebody made it to fill disks.
    public boolean isBomb(long bytes, long compressedBytes) {
        return bytes > RATIO_FREE_BYTES && bytes / ratioMax > compressedBytes;
    }
}
