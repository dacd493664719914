package io.coursewire.bench.load;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/// Reads HTTP/1.1 messages off one kept-alive connection, as little as a load generator needs: heads in
/// ASCII and bodies of a declared length. A general client or server would cost more than what it measures.
final class MessageReader {
    static final int MESSAGE_BYTES_MAX = 256 * 1024;

    private static final byte[] HEAD_END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final InputStream in;
    private final byte[] buffer = new byte[MESSAGE_BYTES_MAX];
    private int filled;
    private int messageEnd;
    private int bodyStart;
    private String head = "";

    MessageReader(InputStream in) {
        this.in = in;
    }

    /// False when the other side has closed the connection between two messages.
    boolean next() throws IOException {
        System.arraycopy(buffer, messageEnd, buffer, 0, filled - messageEnd);
        filled -= messageEnd;
        messageEnd = 0;
        int headEnd = indexOf(HEAD_END, 0, filled);
        while (headEnd < 0) {
            int searched = Math.max(0, filled - HEAD_END.length + 1);
            if (!fill()) {
                return false;
            }
            headEnd = indexOf(HEAD_END, searched, filled);
        }
        head = new String(buffer, 0, headEnd, StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT);
        bodyStart = headEnd + HEAD_END.length;
        messageEnd = bodyStart + bodyLength();
        while (filled < messageEnd) {
            fill();
        }
        return true;
    }

    /// Of an answer.
    int status() {
        return Integer.parseInt(head.substring(9, 12));
    }

    /// The value of a header, by its name in lower case; the empty text when there is none.
    String header(String name) {
        int at = head.indexOf("\r\n" + name + ":");
        if (at < 0) {
            return "";
        }
        int start = at + name.length() + 3;
        int end = head.indexOf('\r', start);
        return head.substring(start, end < 0 ? head.length() : end).strip();
    }

    int bodyLength() {
        String declared = header("content-length");
        return declared.isEmpty() ? 0 : Integer.parseInt(declared);
    }

    /// The characters of the body that follow the first `mark`; the empty text when it is not there.
    String afterInBody(byte[] mark, int length) {
        int at = indexOf(mark, bodyStart, messageEnd);
        return at < 0 || at + mark.length + length > messageEnd
                ? ""
                : new String(buffer, at + mark.length, length, StandardCharsets.US_ASCII);
    }

    String body() {
        return new String(buffer, bodyStart, messageEnd - bodyStart, StandardCharsets.UTF_8);
    }

    private boolean fill() throws IOException {
        if (filled == buffer.length || messageEnd > buffer.length) {
            throw new IOException("a message is longer than " + MESSAGE_BYTES_MAX + " bytes");
        }
        int read = in.read(buffer, filled, buffer.length - filled);
        if (read < 0 && filled > 0) {
            throw new EOFException("the connection was closed within a message");
        }
        filled += Math.max(0, read);
        return read > 0;
    }

    private int indexOf(byte[] wanted, int from, int to) {
        for (int at = from; at + wanted.length <= to; at++) {
            if (buffer[at] == wanted[0]
                    && Arrays.equals(buffer, at, at + wanted.length, wanted, 0, wanted.length)) {
                return at;
            }
        }
        return -1;
    }
}
