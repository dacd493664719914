package io.coursewire.packages.zip;

import static io.coursewire.packages.zip.ZipBytes.unsigned16;
import static io.coursewire.packages.zip.ZipBytes.unsigned32;

import io.coursewire.packages.PackageRefused;
import io.coursewire.packages.Warnings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/// The end record of a zip, zip64 included: where its directory is (APPNOTE 4.3.14 to 4.3.16).
record Ending(long directoryOffset, long directoryBytes, long entries) {
    private static final int SIGNATURE = 0x06054b50;
    private static final int BYTES = 22;
    private static final int COMMENT_BYTES_MAX = 0xffff;
    private static final int SIGNATURE_64 = 0x06064b50;
    private static final int BYTES_64 = 56;
    private static final int LOCATOR = 0x07064b50;
    private static final int LOCATOR_BYTES = 20;
    private static final long FULL_16 = 0xffff;
    private static final long FULL_32 = 0xffff_ffffL;

    static Ending find(ZipBytes zip, Warnings warnings) throws IOException {
        long at = locate(zip, warnings);
        var record = zip.read(at, BYTES);
        var plain =
                new Ending(unsigned32(record, 16), unsigned32(record, 12), unsigned16(record, 10));
        var wide = plain.isFull() ? zip64(zip, at) : Optional.<Ending>empty();
        requireWhole(wide.isPresent() || record.getInt(4) == 0);
        return wide.orElse(plain).requireBefore(at);
    }

    private Ending requireBefore(long at) {
        if (directoryOffset < 0
                || directoryBytes < 0
                || entries < 0
                || directoryOffset > at - directoryBytes) {
            throw Damaged.zip("the zip's directory is not where its end says");
        }
        return this;
    }

    private static long locate(ZipBytes zip, Warnings warnings) throws IOException {
        int length = (int) Math.min(zip.size(), BYTES + 2L * COMMENT_BYTES_MAX);
        var tail = zip.read(zip.size() - length, length);
        int at = search(tail);
        if (at < 0) {
            throw Damaged.zip("the zip has no end");
        }
        int trailing = length - at - BYTES - unsigned16(tail, at + 20);
        if (trailing > 0) {
            warnings.add(
                    "trailing-bytes", trailing + " bytes after the end of the zip are ignored");
        }
        return zip.size() - length + at;
    }

    private static int search(ByteBuffer tail) {
        for (int at = tail.limit() - BYTES; at >= 0; at--) {
            if (tail.getInt(at) == SIGNATURE
                    && at + BYTES + unsigned16(tail, at + 20) <= tail.limit()) {
                return at;
            }
        }
        return -1;
    }

    private boolean isFull() {
        return directoryOffset == FULL_32 || directoryBytes == FULL_32 || entries == FULL_16;
    }

    private static void requireWhole(boolean whole) {
        if (!whole) {
            throw new PackageRefused(
                    "split-zip", "this is one part of a split zip; join its parts into one file");
        }
    }

    private static Optional<Ending> zip64(ZipBytes zip, long plainAt) throws IOException {
        long locatorAt = plainAt - LOCATOR_BYTES;
        if (!zip.has(LOCATOR, locatorAt)) {
            return Optional.empty();
        }
        long at = zip.read(locatorAt, LOCATOR_BYTES).getLong(8);
        if (at > locatorAt - BYTES_64 || !zip.has(SIGNATURE_64, at)) {
            throw Damaged.zip("the zip64 end record is not where the zip says");
        }
        var record = zip.read(at, BYTES_64);
        requireWhole(record.getLong(16) == 0);
        return Optional.of(new Ending(record.getLong(48), record.getLong(40), record.getLong(32)));
    }
}
