package io.coursewire.packages.zip;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.apache.commons.compress.compressors.deflate64.Deflate64CompressorInputStream;

/// An entry's bytes, decompressed and not yet verified.
final class Inflated {
    private static final int BUFFER_BYTES = 32 * 1024;

    private Inflated() {}

    static InputStream of(Entry entry, ZipBytes zip) {
        var range = new RangeStream(zip, entry.dataOffset(), entry.end());
        return switch (entry.method()) {
            case Entry.STORED -> range;
            case Entry.DEFLATED -> deflated(range);
            case Entry.DEFLATED_64 -> new Deflate64CompressorInputStream(range);
            default -> throw new IllegalArgumentException("method " + entry.method());
        };
    }

    private static InputStream deflated(InputStream range) {
        var inflater = new Inflater(true);
        return new InflaterInputStream(range, inflater, BUFFER_BYTES) {
            @Override
            public void close() throws IOException {
                inflater.end();
                super.close();
            }
        };
    }

    private static final class RangeStream extends InputStream {
        private final ZipBytes zip;
        private final long end;
        private long at;

        RangeStream(ZipBytes zip, long start, long end) {
            this.zip = zip;
            this.at = start;
            this.end = end;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] into, int start, int length) {
            if (at >= end) {
                return -1;
            }
            int got = read(into, start, (int) Math.min(length, end - at), at);
            at += Math.max(got, 0);
            return got;
        }

        // Unchecked, to be told from the faults that decompressors find.
        private int read(byte[] into, int start, int length, long offset) {
            try {
                return zip.read(offset, into, start, length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
