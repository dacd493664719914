package io.coursewire.packages.zip;

import io.coursewire.packages.PackageLimits;
import io.coursewire.packages.PackageRefused;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;

/// Counts and sums what really comes out of an entry, and refuses what was not declared or not allowed.
final class VerifiedStream extends InputStream {
    private final Entry entry;
    private final InputStream from;
    private final PackageLimits limits;
    private final CRC32 crc = new CRC32();
    private long bytes;

    VerifiedStream(Entry entry, InputStream from, PackageLimits limits) {
        this.entry = entry;
        this.from = from;
        this.limits = limits;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] into, int start, int length) throws IOException {
        int got = inflate(into, start, length);
        if (got < 0) {
            requireWhole();
        } else {
            crc.update(into, start, got);
            bytes += got;
            requireAllowed();
        }
        return got;
    }

    private int inflate(byte[] into, int start, int length) {
        try {
            return from.read(into, start, length);
        } catch (IOException | IllegalStateException | IndexOutOfBoundsException e) {
            // A disk that fails is told by an UncheckedIOException.
            throw Damaged.entry(entry.path(), "the entry cannot be decompressed");
        }
    }

    private void requireWhole() {
        if (bytes != entry.sizes().real() || (int) crc.getValue() != entry.sizes().crc()) {
            throw Damaged.entry(entry.path(), "the entry's size or checksum is wrong");
        }
    }

    private void requireAllowed() {
        if (bytes > entry.sizes().real()) {
            throw Damaged.entry(entry.path(), "the entry holds more bytes than it declares");
        }
        if (bytes > limits.fileBytesMax()) {
            throw new PackageRefused(
                    "file-too-large",
                    "the file has more than " + limits.fileBytesMax() + " bytes",
                    entry.path());
        }
        if (limits.isBomb(bytes, entry.sizes().compressed())) {
            throw new PackageRefused(
                    "zip-bomb",
                    "the file is more than "
                            + limits.ratioMax()
                            + " times larger than its compressed form, as only attacks are",
                    entry.path());
        }
    }

    @Override
    public void close() throws IOException {
        from.close();
    }
}
