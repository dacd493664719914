package io.coursewire.api;

import io.coursewire.kernel.JsonFields;
import io.helidon.http.HeaderNames;
import io.helidon.http.HttpMediaType;
import io.helidon.http.RequestException;
import io.helidon.webserver.http.ServerRequest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The body of one request: its declared type checked, its size bounded, read at most once from the network.
final class RequestBody implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RequestBody.class);
    static final int JSON_BYTES_MAX = 1024 * 1024;
    private static final Set<String> JSON_TYPES = Set.of("application/json");

    private final ServerRequest request;
    private final BodyRoom room;
    private Optional<KeptBody> kept = Optional.empty();
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

    /// No body, or a JSON object without fields.
    void noFields() {
        var bytes = bytes(JSON_BYTES_MAX);
        if (bytes.length > 0) {
            mediaType(JSON_TYPES);
            JsonFields.parse(bytes).check();
        }
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
        return kept.map(KeptBody::stream).orElseGet(this::fromNetwork);
    }

    /// Receives the whole body, so that it can be told from others before it is worked on.
    void receive(MessageDigest digest) {
        try (var in = fromNetwork()) {
            kept = Optional.of(KeptBody.receive(in, digest, receivedMax()));
        } catch (IOException e) {
            throw new UncheckedIOException("the request's body broke off", e);
        }
    }

    @Override
    public void close() {
        room.give(roomTaken);
        roomTaken = 0;
        kept.ifPresent(KeptBody::close);
    }

    private long receivedMax() {
        var declared =
                request.headers().first(HeaderNames.CONTENT_TYPE).flatMap(RequestBody::parseType);
        boolean json = declared.filter(type -> JSON_TYPES.contains(name(type))).isPresent();
        return json ? KeptBody.JSON_BYTES_MAX : KeptBody.BYTES_MAX;
    }

    private InputStream fromNetwork() {
        return request.content().hasEntity()
                ? new Arriving(request.content().inputStream())
                : InputStream.nullInputStream();
    }

    private byte[] bytes(int bytesMax) {
        long declared = request.headers().contentLength().orElse(bytesMax);
        if (declared > bytesMax) {
            throw tooLarge(bytesMax);
        }
        roomTaken = room.take((int) declared);
        try (var in = stream()) {
            var bytes = in.readNBytes((int) declared + 1);
            if (bytes.length > bytesMax) {
                throw tooLarge(bytesMax);
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException("the request's body broke off", e);
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
        return type.mediaType().text();
    }

    private static Refused unsupported(String detail) {
        return new Refused(ProblemType.UNSUPPORTED_MEDIA_TYPE, detail);
    }

    private static Refused tooLarge(int bytesMax) {
        return new Refused(
                ProblemType.TOO_LARGE, "The body may have at most " + bytesMax + " bytes.");
    }

    /// Bytes from the network. When they stop short it is nobody's failure but the connection's.
    private static final class Arriving extends FilterInputStream {
        Arriving(InputStream in) {
            super(in);
        }

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
