package io.coursewire.packages.zip;

import static io.coursewire.packages.zip.ZipBytes.unsigned16;
import static io.coursewire.packages.zip.ZipBytes.unsigned32;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// What a header of the directory or an entry's own header says, as it is written (APPNOTE 4.3.7, 4.3.12).
///
/// @param mode the Unix file mode, 0 where there is none
/// @param offset of the entry's own header; 0 when this is it
/// @param bytes the header's length
record Header(
        byte[] name,
        int flags,
        int method,
        Entry.Sizes sizes,
        byte[] extra,
        int mode,
        long offset,
        int bytes) {
    static final int LOCAL = 0x04034b50;
    static final int LOCAL_BYTES = 30;
    static final int CENTRAL = 0x02014b50;
    static final int CENTRAL_BYTES = 46;

    static final int MODE_KIND = 0170000;
    static final int MODE_FILE = 0100000;
    static final int MODE_FOLDER = 0040000;
    static final int MODE_LINK = 0120000;

    private static final int ENCRYPTED = 1;
    private static final int SIZES_FOLLOW = 1 << 3;
    private static final int UTF_8 = 1 << 11;
    private static final int MASKED = 1 << 13;
    private static final int METHOD_AES = 99;
    private static final int ZIP64 = 1;
    private static final long FULL = 0xffff_ffffL;

    /// Reads one header of the directory and moves behind it.
    static Header central(ByteBuffer all) {
        var fixed = slice(all, CENTRAL_BYTES);
        if (fixed.getInt(0) != CENTRAL) {
            throw Damaged.zip("the zip's directory is broken");
        }
        byte[] name = bytes(all, unsigned16(fixed, 28));
        byte[] extra = bytes(all, unsigned16(fixed, 30));
        int comment = unsigned16(fixed, 32);
        bytes(all, comment);
        var wide = new Wide(extra);
        long real = wide.orNext(unsigned32(fixed, 24));
        long compressed = wide.orNext(unsigned32(fixed, 20));
        long offset = wide.orNext(unsigned32(fixed, 42));
        return new Header(
                name,
                unsigned16(fixed, 8),
                unsigned16(fixed, 10),
                new Entry.Sizes(compressed, real, fixed.getInt(16)),
                extra,
                fixed.getInt(38) >>> 16,
                offset,
                CENTRAL_BYTES + name.length + extra.length + comment);
    }

    /// Reads an entry's own header: `all` begins with it and ends with its extra field.
    static Header local(ByteBuffer all) {
        var fixed = slice(all, LOCAL_BYTES);
        byte[] name = bytes(all, unsigned16(fixed, 26));
        byte[] extra = bytes(all, unsigned16(fixed, 28));
        var wide = new Wide(extra);
        long real = wide.orNext(unsigned32(fixed, 22));
        long compressed = wide.orNext(unsigned32(fixed, 18));
        return new Header(
                name,
                unsigned16(fixed, 6),
                unsigned16(fixed, 8),
                new Entry.Sizes(compressed, real, fixed.getInt(14)),
                extra,
                0,
                0,
                LOCAL_BYTES + name.length + extra.length);
    }

    private static ByteBuffer slice(ByteBuffer all, int length) {
        return ByteBuffer.wrap(bytes(all, length)).order(all.order());
    }

    private static byte[] bytes(ByteBuffer all, int length) {
        if (all.remaining() < length) {
            throw Damaged.zip("the zip's directory is cut short");
        }
        byte[] bytes = new byte[length];
        all.get(bytes);
        return bytes;
    }

    boolean isEncrypted() {
        return (flags & (ENCRYPTED | MASKED)) != 0 || method == METHOD_AES;
    }

    boolean isFolder() {
        byte last = name.length > 0 ? name[name.length - 1] : 0;
        // A backslash may be half a character of another code page.
        return last == '/'
                || last == '\\' && sizes.real() == 0
                || (mode & MODE_KIND) == MODE_FOLDER;
    }

    boolean isUtf8() {
        return (flags & UTF_8) != 0;
    }

    boolean sizesFollow() {
        return (flags & SIZES_FOLLOW) != 0;
    }

    /// The name of the first thing in which an entry's own header contradicts this one, or empty.
    String contradiction(Header own) {
        if (!Arrays.equals(name, own.name)) {
            return "name";
        }
        if (method != own.method || isEncrypted() != own.isEncrypted()) {
            return "compression";
        }
        return own.sizesFollow() || sizes.equals(own.sizes) ? "" : "size or checksum";
    }

    /// The zip64 field holds, in order, the values that did not fit.
    private static final class Wide {
        private final ByteBuffer values;

        Wide(byte[] extra) {
            values = ExtraFields.find(extra, ZIP64);
        }

        long orNext(long value) {
            return value == FULL && values.remaining() >= Long.BYTES ? values.getLong() : value;
        }
    }
}
