package io.coursewire.offline.reading;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Finds out the encoding of a text file: by its byte order mark, else UTF-8 where every byte of it fits, else the
/// code page that spreadsheets write, windows-1252. Reads the file once; a file that is no text is refused.
final class FindEncoding {
    /// What was found, and how many bytes of a mark come before the text.
    record Found(Charset charset, int markBytes) {}

    private static final int BUFFER_BYTES = 64 * 1024;
    private static final Charset WINDOWS = Charset.forName("windows-1252");

    private FindEncoding() {}

    static Found of(Path file) throws IOException {
        try (var in = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES)) {
            in.mark(4);
            var first = in.readNBytes(4);
            in.reset();
            int b0 = first.length > 0 ? first[0] & 0xff : -1;
            int b1 = first.length > 1 ? first[1] & 0xff : -1;
            int b2 = first.length > 2 ? first[2] & 0xff : -1;
            if (b0 == 0xff && b1 == 0xfe) {
                return new Found(StandardCharsets.UTF_16LE, 2);
            }
            if (b0 == 0xfe && b1 == 0xff) {
                return new Found(StandardCharsets.UTF_16BE, 2);
            }
            boolean utf8 = isUtf8(in);
            int mark = b0 == 0xef && b1 == 0xbb && b2 == 0xbf ? 3 : 0;
            return new Found(utf8 ? StandardCharsets.UTF_8 : WINDOWS, mark);
        }
    }

    private static boolean isUtf8(InputStream in) throws IOException {
        var decoder =
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT);
        var bytes = ByteBuffer.allocate(BUFFER_BYTES);
        var chars = CharBuffer.allocate(BUFFER_BYTES);
        boolean utf8 = true;
        for (int got = fill(in, bytes); got >= 0; got = fill(in, bytes)) {
            refuseBinary(bytes, got);
            bytes.flip();
            utf8 = utf8 && decodes(decoder, bytes, chars, false);
            if (utf8) {
                bytes.compact();
            } else {
                bytes.clear();
            }
        }
        bytes.flip();
        return utf8 && decodes(decoder, bytes, chars, true);
    }

    private static int fill(InputStream in, ByteBuffer bytes) throws IOException {
        int got = in.read(bytes.array(), bytes.position(), bytes.remaining());
        if (got > 0) {
            bytes.position(bytes.position() + got);
        }
        return got;
    }

    private static void refuseBinary(ByteBuffer bytes, int got) {
        for (int i = bytes.position() - got; i < bytes.position(); i++) {
            if (bytes.get(i) == 0) {
                throw new UnreadableFile(
                        "The file is not text. Save it as CSV in UTF-8, or send it as what it is (.xlsx, NDJSON).");
            }
        }
    }

    private static boolean decodes(
            CharsetDecoder decoder, ByteBuffer bytes, CharBuffer chars, boolean end) {
        chars.clear();
        return !decoder.decode(bytes, chars, end).isError();
    }
}
