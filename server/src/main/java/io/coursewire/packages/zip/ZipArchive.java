package io.coursewire.packages.zip;

import io.coursewire.packages.PackageLimits;
import io.coursewire.packages.Warnings;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/// A zip file whose directory was found sound. Its files are read one by one, verified as they are read.
public final class ZipArchive implements Closeable {
    private final FileChannel channel;
    private final ZipBytes bytes;
    private final List<Entry> entries;
    private final PackageLimits limits;
    private final Warnings warnings;

    private ZipArchive(FileChannel channel, PackageLimits limits, Warnings warnings)
            throws IOException {
        this.channel = channel;
        this.limits = limits;
        this.warnings = warnings;
        bytes = new ZipBytes(channel);
        entries = new ReadDirectory(bytes, limits, warnings).read();
    }

    /// Refuses a file that is no zip, that is unsafe to unpack, or that contradicts itself.
    public static ZipArchive open(Path file, PackageLimits limits, Warnings warnings) {
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.READ);
            var archive = new ZipArchive(channel, limits, warnings);
            channel = null;
            return archive;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            close(channel);
        }
    }

    private static void close(FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The files, without directories, in the order of the zip's directory.
    ///
    /// @param links of the manifest, to be told of files whose names are not all read yet; only asked for where names
    ///     are not Unicode
    public List<Entry> entries(Function<List<Entry>, Collection<String>> links) {
        var read =
                CodePages.areNeeded(entries)
                        ? CodePages.read(entries, links.apply(entries), warnings)
                        : entries;
        UniqueNames.require(read);
        return read;
    }

    /// The file's real bytes. The stream refuses the package as soon as they are more than declared or
    /// allowed, or at their end when the checksum is wrong.
    public InputStream open(Entry entry) {
        return new VerifiedStream(entry, Inflated.of(entry, bytes), limits);
    }

    @Override
    public void close() {
        close(channel);
    }
}
