package io.coursewire.api;

import io.coursewire.kernel.JsonFields;
import io.helidon.http.HeaderNames;
import io.helidon.http.HttpMediaType;
import io.helidon.http.RequestException;
import io.helidon.webserver.http.ServerRequest;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The body of one request: its declared type checked, its size bounded, read at most once from the network.
final class RequestBody implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RequestBody.class);
    static final int JSON_BYTES_MAX = 1024 * 1024;

    /// Above any limit of a route for JSON.
    private static final int RECEIVED_BYTES_MAX = 8 * 1024 * 1024;

    /// Above any limit of a route for files.
    private static final long SKIPPED_BYTES_MAX = 5L << 30;

    private static final int SKIP_BYTES = 64 * 1024;
    private static final Set<String> JSON_TYPES = Set.of("application/json");
    private static final byte[] NO_FIELDS = {'{', '}'};

    private final ServerRequest request;
    private final BodyRoom room;
    private Optional<MessageDigest> digest = Optional.empty();
    private Optional<InputStream> begun = Optional.empty();
    private Optional<byte[]> received = Optional.empty();
    private int roomTaken;

    RequestBody(ServerRequest request, BodyRoom room) {
        this.request = request;
        this.room = room;
    }

    /// A JSON object of at most `bytesMax`.
    JsonFields json(int bytesMax) {
        return json(bytesMax, JSON_TYPES);
    }

    JsonFields json(int bytesMax, Set<String> accepted) {
        mediaType(accepted);
        return JsonFields.parse(bytes(bytesMax));
    }

    /// A JSON object, or no body, which is one without fields.
    JsonFields jsonIfAny() {
        var bytes = bytes(JSON_BYTES_MAX);
        if (bytes.length == 0) {
            return JsonFields.parse(NO_FIELDS);
        }
        mediaType(JSON_TYPES);
        return JsonFields.parse(bytes);
    }

    /// The declared media type, without parameters; one of `accepted`, else 415.
    String mediaType(Set<String> accepted) {
        var declared = request.headers().first(HeaderNames.CONTENT_TYPE);
        var type =
                declared.flatMap(RequestBody::parseType)
                        .filter(found -> accepted.contains(name(found)));
        if (type.filter(found -> JSON_TYPES.contains(name(found)))
                .flatMap(HttpMediaType::charset)
                .filter(charset -> !charset.equalsIgnoreCase("utf-8"))
                .isPresent()) {
            throw unsupported("JSON is taken in UTF-8 only.");
        }
        return type.map(RequestBody::name)
                .orElseThrow(
                        () ->
                                unsupported(
                                        "Send Content-Type: "
                                                + String.join(
                                                        " or ", accepted.stream().sorted().toList())
                                                + "."));
    }

    InputStream stream() {
        return received.<InputStream>map(ByteArrayInputStream::new).orElseGet(this::fromNetwork);
    }

    /// Has all of it pass through `passed` when it is read.
    void digest(MessageDigest passed) {
        digest = Optional.of(passed);
    }

    /// Takes the whole body, JSON of whatever form, off the network.
    void receive() {
        received = Optional.of(bytes(RECEIVED_BYTES_MAX));
    }

    /// Reads what nobody has taken off the network, and forgets it.
    void skip() {
        var unread = fromNetwork();
        var buffer = new byte[SKIP_BYTES];
        try {
            long skipped = 0;
            for (int got = unread.read(buffer); got >= 0; got = unread.read(buffer)) {
                skipped += got;
                if (skipped > SKIPPED_BYTES_MAX) {
                    throw tooLarge(SKIPPED_BYTES_MAX);
                }
            }
        } catch (IOException e) {
            throw brokeOff(e);
        }
    }

    @Override
    public void close() {
        room.give(roomTaken);
        roomTaken = 0;
    }

    private InputStream fromNetwork() {
        begun = begun.or(() -> Optional.of(begin()));
        return begun.get();
    }

    private InputStream begin() {
        if (!request.content().hasEntity()) {
            return InputStream.nullInputStream();
        }
        var arriving = new Arriving(request.content().inputStream());
        return digest.<InputStream>map(passed -> new DigestInputStream(arriving, passed))
                .orElse(arriving);
    }

    private byte[] bytes(int bytesMax) {
        long declared = request.headers().contentLength().orElse(0);
        if (declared > bytesMax) {
            throw tooLarge(bytesMax);
        }
        takeRoom((int) declared);
        try (var in = stream()) {
            var beginning = in.readNBytes(BodyRoom.UNCOUNTED_BYTES);
            return beginning.length < BodyRoom.UNCOUNTED_BYTES
                    ? beginning
                    : whole(beginning, in, bytesMax);
        } catch (IOException e) {
            throw brokeOff(e);
        }
    }

    private byte[] whole(byte[] beginning, InputStream in, int bytesMax) throws IOException {
        takeRoom(bytesMax);
        var rest = in.readNBytes(bytesMax + 1 - beginning.length);
        var bytes = Arrays.copyOf(beginning, beginning.length + rest.length);
        if (bytes.length > bytesMax) {
            throw tooLarge(bytesMax);
        }
        System.arraycopy(rest, 0, bytes, beginning.length, rest.length);
        return bytes;
    }

    private void takeRoom(int bytes) {
        if (roomTaken == 0) {
            roomTaken = room.take(bytes);
        }
    }

    private static Optional<HttpMediaType> parseType(String text) {
        try {
            return Optional.of(HttpMediaType.create(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String name(HttpMediaType type) {
        return type.mediaType().text().toLowerCase(Locale.ROOT);
    }

    private static Refused unsupported(String detail) {
        return new Refused(ProblemType.UNSUPPORTED_MEDIA_TYPE, detail);
    }

    private static UncheckedIOException brokeOff(IOException e) {
        return new UncheckedIOException("the request's body broke off", e);
    }

    private static Refused tooLarge(long bytesMax) {
        return new Refused(
                ProblemType.TOO_LARGE, "The body may have at most " + bytesMax + " bytes.");
    }

    /// Bytes from the network. When they stop short it is nobody's failure but the connection's.
    private static final class Arriving extends FilterInputStream {
        Arriving(InputStream in) {
            super(in);
        }

        /// Left open: its rest may still be asked for, and it ends with its request.
        @Override
        public void close() {}

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            try {
                return super.read(into, offset, length);
            } catch (IOException | RuntimeException e) {
                LOG.debug("a body broke off", e);
                if (e instanceof RequestException refused && refused.status().code() == 413) {
                    throw new Refused(ProblemType.TOO_LARGE, refused.getMessage());
                }
                throw new Refused(ProblemType.INVALID_INPUT, "The request's body broke off.");
            }
        }
    }
}
