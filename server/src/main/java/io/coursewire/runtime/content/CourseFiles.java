package io.coursewire.runtime.content;

import io.coursewire.packages.ContentFile;
import io.coursewire.packages.ContentFiles;
import io.coursewire.packages.content.ContentStore;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `GET` and `HEAD` of `/content/{contentKey}/{path}`: the files of courses, from disk to socket through one
/// small buffer. To be registered at [#PATH].
public final class CourseFiles implements HttpService {
    public static final String PATH = "/content";

    private static final Logger LOG = LoggerFactory.getLogger(CourseFiles.class);

    private static final int BUFFER_BYTES = 64 * 1024;
    private static final String CACHED = "public, max-age=31536000, immutable";

    /// Players of videos refuse to be embedded by who does not say where; nobody may learn the path, which is all that guards a course.
    private static final String ORIGIN_TO_OTHERS = "strict-origin-when-cross-origin";

    private static final HeaderName SERVICE_WORKER = HeaderNames.create("Service-Worker");
    private static final HeaderName PERMISSIONS_POLICY = HeaderNames.create("Permissions-Policy");
    private static final HeaderName REFERRER_POLICY = HeaderNames.create("Referrer-Policy");
    private static final HeaderName CONTENT_TYPE_OPTIONS =
            HeaderNames.create("X-Content-Type-Options");

    private final ContentFiles names;
    private final ContentStore store;
    private final ClientOrigins origins;

    public CourseFiles(ContentFiles names, ContentStore store, ClientOrigins origins) {
        this.names = names;
        this.store = store;
        this.origins = origins;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.any("/*", this::handle);
    }

    private void handle(ServerRequest request, ServerResponse response) {
        response.header(PERMISSIONS_POLICY, "unload=*");
        response.header(REFERRER_POLICY, ORIGIN_TO_OTHERS);
        response.header(CONTENT_TYPE_OPTIONS, "nosniff");
        var method = request.prologue().method();
        if (!method.equals(Method.GET) && !method.equals(Method.HEAD)) {
            response.header(HeaderNames.ALLOW, "GET, HEAD");
            refuse(response, Status.METHOD_NOT_ALLOWED_405, "Files can be read only.");
        } else if (request.headers().contains(SERVICE_WORKER)) {
            refuse(response, Status.FORBIDDEN_403, "Courses may not install service workers.");
        } else {
            serve(request, response);
        }
    }

    private static void refuse(ServerResponse response, Status status, String reason) {
        response.status(status);
        response.header(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
        response.header(HeaderNames.CACHE_CONTROL, "no-store");
        response.send(reason);
    }

    private void serve(ServerRequest request, ServerResponse response) {
        var host = header(request, HeaderNames.HOST);
        var file =
                ContentPath.parse(request.prologue().uriPath().rawPath())
                        .flatMap(this::find)
                        .filter(found -> origins.serves(host, found.client()));
        if (file.isPresent()) {
            serve(file.get(), request, response);
        } else {
            refuse(response, Status.NOT_FOUND_404, "There is no such file.");
        }
    }

    private Optional<ContentFile> find(ContentPath path) {
        return path.files().stream()
                .flatMap(file -> names.find(path.contentKey(), file).stream())
                .findFirst();
    }

    private void serve(ContentFile file, ServerRequest request, ServerResponse response) {
        var etag = "\"" + file.hash() + "\"";
        response.header(HeaderNames.ETAG, etag);
        response.header(HeaderNames.CACHE_CONTROL, CACHED);
        response.header(HeaderNames.ACCEPT_RANGES, "bytes");
        if (matches(header(request, HeaderNames.IF_NONE_MATCH), etag)) {
            response.status(Status.NOT_MODIFIED_304).send();
            return;
        }
        switch (range(request, etag, file.sizeBytes())) {
            case ByteRange.Whole() ->
                    send(file, new ByteRange.Part(0, file.sizeBytes() - 1), request, response);
            case ByteRange.Part part -> {
                response.status(Status.PARTIAL_CONTENT_206);
                response.header(
                        HeaderNames.CONTENT_RANGE,
                        "bytes " + part.first() + "-" + part.last() + "/" + file.sizeBytes());
                send(file, part, request, response);
            }
            case ByteRange.Unsatisfiable() -> {
                response.header(HeaderNames.CONTENT_RANGE, "bytes */" + file.sizeBytes());
                refuse(
                        response,
                        Status.REQUESTED_RANGE_NOT_SATISFIABLE_416,
                        "The file has " + file.sizeBytes() + " bytes.");
            }
        }
    }

    private static String header(ServerRequest request, HeaderName name) {
        return String.join(",", request.headers().values(name));
    }

    /// Weak comparison: a proxy may have weakened what it got (RFC 9110, section 13.1.2).
    private static boolean matches(String header, String etag) {
        return Arrays.stream(header.split(","))
                .map(one -> one.strip().replaceFirst("^W/", ""))
                .anyMatch(one -> one.equals(etag) || one.equals("*"));
    }

    /// A part of another file than the one that the browser has begun is no use to it.
    private static ByteRange range(ServerRequest request, String etag, long sizeBytes) {
        var begun = header(request, HeaderNames.IF_RANGE);
        boolean same = begun.isEmpty() || begun.equals(etag);
        return same && request.prologue().method().equals(Method.GET)
                ? ByteRange.parse(header(request, HeaderNames.RANGE), sizeBytes)
                : new ByteRange.Whole();
    }

    private void send(
            ContentFile file, ByteRange.Part part, ServerRequest request, ServerResponse response) {
        response.header(HeaderNames.CONTENT_TYPE, file.mediaType());
        response.contentLength(part.length());
        if (request.prologue().method().equals(Method.HEAD) || part.length() == 0) {
            response.send();
            return;
        }
        try (var from = store.open(file.hash())) {
            copy(from, part, response);
        } catch (IOException e) {
            LOG.error("The stored file {} cannot be read.", file.hash(), e);
            throw new CloseConnectionException("the file cannot be read", e);
        }
    }

    /// The length was promised, so whatever fails midway can only break the connection.
    private static void copy(FileChannel from, ByteRange.Part part, ServerResponse response)
            throws IOException {
        from.position(part.first());
        var to = response.outputStream();
        var buffer = ByteBuffer.allocate(BUFFER_BYTES);
        for (long left = part.length(); left > 0; ) {
            buffer.clear().limit((int) Math.min(left, BUFFER_BYTES));
            int got = from.read(buffer);
            if (got < 0) {
                throw new IOException("it is shorter than its name says");
            }
            write(to, buffer.array(), got);
            left -= got;
        }
        to.close();
    }

    private static void write(OutputStream to, byte[] bytes, int length) {
        try {
            to.write(bytes, 0, length);
        } catch (IOException | UncheckedIOException e) {
            throw new CloseConnectionException("the reader went away", e);
        }
    }
}
