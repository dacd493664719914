package io.coursewire.packages.zip;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/// Positional reads of a zip file, little-endian.
final class ZipBytes {
    private final FileChannel channel;
    private final long size;

    ZipBytes(FileChannel channel) throws IOException {
        this.channel = channel;
        this.size = channel.size();
    }

    long size() {
        return size;
    }

    ByteBuffer read(long offset, int length) throws IOException {
        if (offset < 0 || length < 0 || offset > size - length) {
            throw Damaged.zip("the zip points outside itself");
        }
        var bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, offset + bytes.position()) < 0) {
                throw new EOFException("the file was cut while it was read");
            }
        }
        return bytes.flip();
    }

    /// At most `length` bytes, -1 at the end of the file.
    int read(long offset, byte[] into, int start, int length) throws IOException {
        return channel.read(ByteBuffer.wrap(into, start, length), offset);
    }

    boolean has(int signature, long offset) throws IOException {
        return offset >= 0
                && offset <= size - Integer.BYTES
                && read(offset, Integer.BYTES).getInt() == signature;
    }

    static int unsigned16(ByteBuffer bytes, int at) {
        return Short.toUnsignedInt(bytes.getShort(at));
    }

    static long unsigned32(ByteBuffer bytes, int at) {
        return Integer.toUnsignedLong(bytes.getInt(at));
    }
}
