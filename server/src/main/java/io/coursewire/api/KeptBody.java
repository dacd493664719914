package io.coursewire.api;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Optional;

/// A request's body that was received whole before it is worked on: small ones in memory, larger ones in a
/// temporary file, which goes with [#close].
final class KeptBody implements AutoCloseable {
    /// As much as any other request may have in memory before its room is asked for.
    static final int MEMORY_BYTES_MAX = BodyRoom.UNCOUNTED_BYTES;

    /// Above any limit of a route for JSON.
    static final long JSON_BYTES_MAX = 8 * 1024 * 1024;

    /// Above any limit of a route's own.
    static final long BYTES_MAX = 5L << 30;

    private final byte[] beginning;
    private final Optional<Path> rest;

    private KeptBody(byte[] beginning, Optional<Path> rest) {
        this.beginning = beginning;
        this.rest = rest;
    }

    /// Reads the body to its end, through `digest` too; one beyond `bytesMax` is refused.
    static KeptBody receive(InputStream body, MessageDigest digest, long bytesMax)
            throws IOException {
        var digested = new DigestInputStream(body, digest);
        var beginning = digested.readNBytes(MEMORY_BYTES_MAX);
        if (beginning.length < MEMORY_BYTES_MAX) {
            return new KeptBody(beginning, Optional.empty());
        }
        var kept =
                new KeptBody(beginning, Optional.of(Files.createTempFile("coursewire-body", null)));
        try {
            kept.receiveRest(digested, bytesMax);
            return kept;
        } catch (IOException | RuntimeException e) {
            kept.close();
            throw e;
        }
    }

    InputStream stream() {
        var first = new ByteArrayInputStream(beginning);
        try {
            return rest.isEmpty()
                    ? first
                    : new SequenceInputStream(first, Files.newInputStream(rest.get()));
        } catch (IOException e) {
            throw new UncheckedIOException("a received body cannot be read again", e);
        }
    }

    private void receiveRest(InputStream body, long bytesMax) throws IOException {
        try (var out = Files.newOutputStream(rest.orElseThrow())) {
            var buffer = new byte[64 * 1024];
            long bytes = beginning.length;
            for (int got = body.read(buffer); got >= 0; got = body.read(buffer)) {
                bytes += got;
                if (bytes > bytesMax) {
                    throw new Refused(
                            ProblemType.TOO_LARGE,
                            "The body may have at most " + bytesMax + " bytes.");
                }
                out.write(buffer, 0, got);
            }
        }
    }

    @Override
    public void close() {
        try {
            if (rest.isPresent()) {
                Files.deleteIfExists(rest.get());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a received body cannot be removed", e);
        }
    }
}
