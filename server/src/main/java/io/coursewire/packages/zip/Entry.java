package io.coursewire.packages.zip;

import java.util.Optional;

/// One file of a zip.
///
/// @param path from the top of the zip, with `/`, without `.`, `..` or empty segments
/// @param dataOffset where its compressed bytes begin
/// @param legacyName as it is written, where that is no Unicode; the path is then only a first reading of it
public record Entry(
        String path, Sizes sizes, int method, long dataOffset, Optional<byte[]> legacyName) {
    /// As declared; verified while the entry is read.
    public record Sizes(long compressed, long real, int crc) {}

    static final int STORED = 0;
    static final int DEFLATED = 8;
    static final int DEFLATED_64 = 9;

    long end() {
        return dataOffset + sizes.compressed;
    }
}
