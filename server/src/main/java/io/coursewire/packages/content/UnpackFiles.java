package io.coursewire.packages.content;

import io.coursewire.packages.PackageFiles;
import io.coursewire.packages.PackageLimits;
import io.coursewire.packages.PackageRefused;
import io.coursewire.packages.zip.Entry;
import io.coursewire.packages.zip.ZipArchive;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/// Unpacks a package into an import's folder, file by file through one small buffer.
public final class UnpackFiles {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final ZipArchive archive;
    private final Workspace workspace;
    private final PackageLimits limits;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private long compressedBytes;
    private long totalBytes;
    private Room room;

    public UnpackFiles(ZipArchive archive, Workspace workspace, PackageLimits limits) {
        this.archive = archive;
        this.workspace = workspace;
        this.limits = limits;
    }

    public List<StagedFile> unpack(PackageFiles files) {
        var staged = new ArrayList<StagedFile>();
        compressedBytes =
                files.entries().values().stream()
                        .mapToLong(entry -> entry.sizes().compressed())
                        .sum();
        try {
            room = workspace.room(limits);
            for (var entry : files.entries().entrySet()) {
                staged.add(unpack(entry.getKey(), entry.getValue()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return staged;
    }

    private StagedFile unpack(String path, Entry entry) throws IOException {
        try (var from = archive.open(entry)) {
            return copy(path, from, workspace.next());
        }
    }

    private StagedFile copy(String path, InputStream from, Path target) throws IOException {
        var digest = sha256();
        var mediaType = MediaTypes.of(path);
        var probe = new CharsetProbe();
        boolean text = mediaType.startsWith("text/");
        long bytes = 0;
        try (var to = Files.newOutputStream(target)) {
            for (int got = from.read(buffer); got >= 0; got = from.read(buffer)) {
                count(got);
                to.write(buffer, 0, got);
                digest.update(buffer, 0, got);
                bytes += got;
                if (text) {
                    probe.accept(buffer, got);
                }
            }
        }
        var type = text ? withCharset(mediaType, probe) : mediaType;
        return new StagedFile(path, FileHash.of(digest.digest()), bytes, type, target);
    }

    private static String withCharset(String mediaType, CharsetProbe probe) {
        boolean overruled = mediaType.equals(MediaTypes.HTML) && probe.declaresAnother();
        return probe.isUtf8() && !overruled ? mediaType + "; charset=utf-8" : mediaType;
    }

    private void count(int bytes) throws IOException {
        totalBytes += bytes;
        if (totalBytes > limits.contentBytesMax()) {
            throw new PackageRefused(
                    "too-large",
                    "the package's files have more than " + limits.contentBytesMax() + " bytes");
        }
        if (limits.isBomb(totalBytes, compressedBytes)) {
            throw new PackageRefused(
                    "zip-bomb",
                    "the files together are more than "
                            + limits.ratioMax()
                            + " times larger than their compressed form, as only attacks are");
        }
        room.take(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
