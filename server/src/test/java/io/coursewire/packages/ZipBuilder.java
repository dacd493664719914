package io.coursewire.packages;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/// Writes zips byte by byte, sound ones and such as no zip program would write.
public final class ZipBuilder {
    /// One entry; every field can be bent away from the truth after it was filled in.
    public static final class Bent {
        public byte[] name;
        public byte[] ownName;
        public int flags;
        public int method;
        public int ownMethod;
        public byte[] data;
        public long size;
        public long ownSize;
        public long compressed;
        public int crc;
        public int ownCrc;
        public int mode;
        public byte[] extra = {};
        public byte[] ownExtra = {};
        public boolean listed = true;
        public long offset;
        public long offsetShift;
    }

    private final List<Bent> entries = new ArrayList<>();
    private byte[] between = {};
    private byte[] after = {};
    private boolean zip64;
    private int countShift;

    public ZipBuilder file(String name, String content) {
        return file(name, content.getBytes(UTF_8));
    }

    public ZipBuilder file(String name, byte[] content) {
        return bent(name, content, _ -> {});
    }

    public ZipBuilder folder(String name) {
        return bent(name, new byte[0], entry -> entry.method = entry.ownMethod = 0);
    }

    public ZipBuilder bent(String name, String content, Consumer<Bent> bend) {
        return bent(name, content.getBytes(UTF_8), bend);
    }

    public ZipBuilder bent(String name, byte[] content, Consumer<Bent> bend) {
        var entry = new Bent();
        entry.name = entry.ownName = name.getBytes(UTF_8);
        entry.flags = name.chars().allMatch(c -> c < 128) ? 0 : 1 << 11;
        entry.method = entry.ownMethod = content.length == 0 ? 0 : 8;
        entry.data = content.length == 0 ? content : deflate(content);
        entry.size = entry.ownSize = content.length;
        entry.compressed = entry.data.length;
        var crc = new CRC32();
        crc.update(content);
        entry.crc = entry.ownCrc = (int) crc.getValue();
        bend.accept(entry);
        entries.add(entry);
        return this;
    }

    /// The names so far, as programs write them that know no Unicode.
    public ZipBuilder namedIn(Charset page) {
        for (var entry : entries) {
            entry.name = entry.ownName = new String(entry.name, UTF_8).getBytes(page);
            entry.flags = 0;
        }
        return this;
    }

    /// The same, written without compression.
    public static Consumer<Bent> stored(byte[] content) {
        return entry -> {
            entry.method = entry.ownMethod = 0;
            entry.data = content;
            entry.compressed = content.length;
        };
    }

    public ZipBuilder beforeDirectory(byte[] bytes) {
        between = bytes;
        return this;
    }

    public ZipBuilder trailing(byte[] bytes) {
        after = bytes;
        return this;
    }

    public ZipBuilder zip64() {
        zip64 = true;
        return this;
    }

    public ZipBuilder countShift(int shift) {
        countShift = shift;
        return this;
    }

    private static byte[] deflate(byte[] content) {
        var out = new ByteArrayOutputStream();
        var deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        try (var deflating = new DeflaterOutputStream(out, deflater)) {
            deflating.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            deflater.end();
        }
        return out.toByteArray();
    }

    public byte[] bytes() {
        var out = new ByteArrayOutputStream();
        for (var entry : entries) {
            entry.offset = out.size();
            out.writeBytes(local(entry));
            out.writeBytes(entry.data);
        }
        out.writeBytes(between);
        long start = out.size();
        var listed = entries.stream().filter(entry -> entry.listed).toList();
        listed.forEach(entry -> out.writeBytes(central(entry)));
        out.writeBytes(ending(start, out.size() - start, listed.size() + countShift, out.size()));
        out.writeBytes(after);
        return out.toByteArray();
    }

    public ByteArrayInputStream stream() {
        return new ByteArrayInputStream(bytes());
    }

    public Path writeTo(Path file) {
        try {
            return Files.write(file, bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private byte[] local(Bent e) {
        return little(30 + e.ownName.length + e.ownExtra.length)
                .putInt(0x04034b50)
                .putShort((short) 20)
                .putShort((short) e.flags)
                .putShort((short) e.ownMethod)
                .putInt(0)
                .putInt(e.ownCrc)
                .putInt((int) e.compressed)
                .putInt((int) e.ownSize)
                .putShort((short) e.ownName.length)
                .putShort((short) e.ownExtra.length)
                .put(e.ownName)
                .put(e.ownExtra)
                .array();
    }

    private byte[] central(Bent e) {
        byte[] extra = zip64 ? wide(e) : e.extra;
        return little(46 + e.name.length + extra.length)
                .putInt(0x02014b50)
                .putShort((short) (3 << 8 | 20))
                .putShort((short) 20)
                .putShort((short) e.flags)
                .putShort((short) e.method)
                .putInt(0)
                .putInt(e.crc)
                .putInt(zip64 ? -1 : (int) e.compressed)
                .putInt(zip64 ? -1 : (int) e.size)
                .putShort((short) e.name.length)
                .putShort((short) extra.length)
                .putInt(0)
                .putShort((short) 0)
                .putInt(e.mode << 16)
                .putInt(zip64 ? -1 : (int) (e.offset + e.offsetShift))
                .put(e.name)
                .put(extra)
                .array();
    }

    private static byte[] wide(Bent e) {
        return little(28)
                .putShort((short) 1)
                .putShort((short) 24)
                .putLong(e.size)
                .putLong(e.compressed)
                .putLong(e.offset)
                .array();
    }

    private byte[] ending(long start, long length, int count, long at) {
        var out = little(zip64 ? 98 : 22);
        if (zip64) {
            out.putInt(0x06064b50).putLong(44).putInt(0).putInt(0).putInt(0);
            out.putLong(count).putLong(count).putLong(length).putLong(start);
            out.putInt(0x07064b50).putInt(0).putLong(at).putInt(1);
        }
        out.putInt(0x06054b50).putInt(0);
        short few = zip64 ? (short) -1 : (short) count;
        out.putShort(few).putShort(few);
        out.putInt(zip64 ? -1 : (int) length).putInt(zip64 ? -1 : (int) start);
        return out.putShort((short) 0).array();
    }
}
