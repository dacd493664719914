package io.coursewire.packages.content;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.util.Locale;
import java.util.regex.Pattern;

/// Tells while a text file goes by whether it may be served as UTF-8. A header overrules what the file says
/// of itself, so old courses in old encodings must go without one.
final class CharsetProbe {
    private static final int HEAD_BYTES = 1024;
    private static final Pattern DECLARED =
            Pattern.compile("(?i)charset\\s*=\\s*[\"']?\\s*([a-z0-9_:-]+)");

    private final CharsetDecoder decoder = UTF_8.newDecoder();
    private final CharBuffer scratch = CharBuffer.allocate(8 * 1024);
    private final byte[] head = new byte[HEAD_BYTES];
    private int headBytes;
    private ByteBuffer rest = ByteBuffer.allocate(0);
    private boolean valid = true;

    void accept(byte[] bytes, int length) {
        int taken = Math.min(length, HEAD_BYTES - headBytes);
        System.arraycopy(bytes, 0, head, headBytes, taken);
        headBytes += taken;
        if (valid) {
            var all =
                    ByteBuffer.allocate(rest.remaining() + length).put(rest).put(bytes, 0, length);
            decode(all.flip(), false);
            rest = all;
        }
    }

    private void decode(ByteBuffer bytes, boolean last) {
        while (valid) {
            var result = decoder.decode(bytes, scratch.clear(), last);
            valid = !result.isError();
            if (result.isUnderflow()) {
                return;
            }
        }
    }

    /// To be asked after the last byte.
    boolean isUtf8() {
        decode(rest, true);
        return valid;
    }

    /// Whether an HTML page names another encoding, in which its scripts and styles may be too.
    boolean declaresAnother() {
        var declared = DECLARED.matcher(new String(head, 0, headBytes, ISO_8859_1));
        return declared.find() && !declared.group(1).toLowerCase(Locale.ROOT).matches("utf-?8");
    }
}
