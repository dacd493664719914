package io.coursewire.api;

import io.coursewire.kernel.InvalidInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.http.MultiPartCompliance;
import org.eclipse.jetty.io.Content;

/// The content of the one field of a `multipart/form-data` body, as it arrives: never whole in memory. To
/// read it to its end checks that there was no other field and that the body was complete.
final class FormFile extends InputStream {
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int PARTS_MAX = 10;
    private static final int PART_HEADER_BYTES_MAX = 8 * 1024;
    private static final Pattern NAME =
            Pattern.compile("(?i);\\s*name=(?:\"([^\"]*)\"|([^;\\s]+))");

    private final InputStream body;
    private final String field;
    private final MultiPart.Parser parser;
    private final Deque<ByteBuffer> arrived = new ArrayDeque<>();
    private boolean found;
    private boolean complete;
    private Optional<InvalidInput> refusal = Optional.empty();

    FormFile(InputStream body, String contentType, String field) {
        this.body = body;
        this.field = field;
        var boundary = MultiPart.extractBoundary(contentType);
        if (boundary == null || boundary.isEmpty()) {
            throw new InvalidInput(
                    "", "The Content-Type of a multipart body must name its boundary.");
        }
        this.parser = new MultiPart.Parser(boundary, MultiPartCompliance.RFC7578, new Parts());
        parser.setMaxParts(PARTS_MAX);
        parser.setPartHeadersMaxLength(PART_HEADER_BYTES_MAX);
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        while (arrived.isEmpty() && !complete) {
            parseMore();
        }
        if (!found) {
            throw new InvalidInput(field, "is required.");
        }
        if (arrived.isEmpty()) {
            return -1;
        }
        var next = arrived.getFirst();
        int count = Math.min(length, next.remaining());
        next.get(into, offset, count);
        if (!next.hasRemaining()) {
            arrived.removeFirst();
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        body.close();
    }

    private void parseMore() throws IOException {
        var buffer = new byte[BUFFER_BYTES];
        int count = body.read(buffer);
        parser.parse(
                count < 0
                        ? Content.Chunk.EOF
                        : Content.Chunk.from(ByteBuffer.wrap(buffer, 0, count), false));
        if (count < 0 && !complete) {
            refuse(broken("it ends too early"));
        }
        if (refusal.isPresent()) {
            throw refusal.get();
        }
    }

    private void refuse(InvalidInput reason) {
        refusal = refusal.or(() -> Optional.of(reason));
    }

    private static InvalidInput broken(String how) {
        return new InvalidInput("", "The multipart body is broken: " + how + ".");
    }

    // The parser swallows what its listener throws.
    private final class Parts implements MultiPart.Parser.Listener {
        private String name = "";

        @Override
        public void onPartBegin() {
            name = "";
        }

        @Override
        public void onPartHeader(String header, String value) {
            var match = NAME.matcher(value);
            if (header.equalsIgnoreCase("Content-Disposition") && match.find()) {
                name = match.group(1) == null ? match.group(2) : match.group(1);
            }
        }

        @Override
        public void onPartHeaders() {
            if (found || !name.equals(field)) {
                refuse(
                        new InvalidInput(
                                name,
                                "is not expected: the body has one field, \"" + field + "\"."));
            }
            found = true;
        }

        @Override
        public void onPartContent(Content.Chunk chunk) {
            if (chunk.hasRemaining()) {
                arrived.add(chunk.getByteBuffer().slice());
            }
        }

        @Override
        public void onComplete() {
            complete = true;
        }

        @Override
        public void onFailure(Throwable failure) {
            refuse(broken(failure.getMessage()));
        }
    }
}
