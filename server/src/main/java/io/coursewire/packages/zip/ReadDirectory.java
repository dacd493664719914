package io.coursewire.packages.zip;

import io.coursewire.packages.PackageLimits;
import io.coursewire.packages.PackageRefused;
import io.coursewire.packages.Warnings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads and judges the directory of a zip.
final class ReadDirectory {
    private static final int DIRECTORY_BYTES_MAX = 32 << 20;
    private static final int START_EMPTY = 0x06054b50;

    private final ZipBytes zip;
    private final PackageLimits limits;
    private final Warnings warnings;

    ReadDirectory(ZipBytes zip, PackageLimits limits, Warnings warnings) {
        this.zip = zip;
        this.limits = limits;
        this.warnings = warnings;
    }

    List<Entry> read() throws IOException {
        requireZip();
        var ending = Ending.find(zip, warnings);
        if (ending.entries() == 0) {
            throw new PackageRefused(
                    "empty-zip", "the zip is empty; zip the content of the course's folder");
        }
        if (ending.entries() > limits.entriesMax()
                || ending.directoryBytes() > DIRECTORY_BYTES_MAX) {
            throw new PackageRefused(
                    "too-many-entries",
                    "the zip holds more than " + limits.entriesMax() + " entries");
        }
        var layout = new Layout(zip);
        var entries = entries(ending, layout);
        layout.require(ending.directoryOffset());
        return entries;
    }

    private void requireZip() throws IOException {
        if (zip.size() == 0) {
            throw new PackageRefused("empty-file", "the file is empty; send the course's zip");
        }
        if (!zip.has(Header.LOCAL, 0) && !zip.has(START_EMPTY, 0)) {
            throw new PackageRefused(
                    "not-a-zip", "the file is not a zip; send the course as a zip file");
        }
    }

    private List<Entry> entries(Ending ending, Layout layout) throws IOException {
        var directory = zip.read(ending.directoryOffset(), (int) ending.directoryBytes());
        var entries = new ArrayList<Entry>();
        for (long n = 0; n < ending.entries(); n++) {
            var header = Header.central(directory);
            var entry = entry(header);
            layout.add(header.offset(), entry);
            if (isFile(header, entry.path())) {
                entries.add(entry);
            }
        }
        if (directory.remaining() >= Header.CENTRAL_BYTES) {
            throw Damaged.zip("the zip's directory holds more entries than its end says");
        }
        return List.copyOf(entries);
    }

    /// False for folders, which need no entry of their own.
    private static boolean isFile(Header header, String path) {
        boolean folder = header.isFolder();
        if (!folder && path.isEmpty()) {
            throw new PackageRefused("bad-name", "an entry has no name; make the zip anew");
        }
        return !folder;
    }

    private Entry entry(Header header) throws IOException {
        var known = EntryName.of(header, warnings);
        var path =
                known.orElseGet(
                        () -> new String(header.name(), CodePages.FIRST).replace('\\', '/'));
        requireReadable(header, path);
        requirePlainKind(header, path);
        long dataOffset = header.offset() + own(header, path).bytes();
        var legacy = known.isPresent() ? Optional.<byte[]>empty() : Optional.of(header.name());
        return new Entry(path, header.sizes(), header.method(), dataOffset, legacy);
    }

    private static void requirePlainKind(Header header, String path) {
        switch (header.mode() & Header.MODE_KIND) {
            case 0, Header.MODE_FILE, Header.MODE_FOLDER -> {}
            case Header.MODE_LINK ->
                    throw new PackageRefused(
                            "symbolic-link",
                            "the zip holds a symbolic link; put the file itself in its place",
                            path);
            default ->
                    throw new PackageRefused(
                            "special-file", "the zip holds a device or a pipe; leave it out", path);
        }
    }

    private static void requireReadable(Header header, String path) {
        if (header.isEncrypted()) {
            throw new PackageRefused(
                    "encrypted", "the zip is encrypted; make it without a password", path);
        }
        switch (header.method()) {
            case Entry.STORED, Entry.DEFLATED, Entry.DEFLATED_64 -> {}
            default ->
                    throw new PackageRefused(
                            "compression-method",
                            "the entry is compressed by method "
                                    + header.method()
                                    + ", which browsers' zips do not use; make the zip with Deflate",
                            path);
        }
    }

    private Header own(Header header, String path) throws IOException {
        if (!zip.has(Header.LOCAL, header.offset())) {
            throw Damaged.entry(path, "the entry is not where the zip's directory says");
        }
        var fixed = zip.read(header.offset(), Header.LOCAL_BYTES);
        int length =
                Header.LOCAL_BYTES
                        + ZipBytes.unsigned16(fixed, 26)
                        + ZipBytes.unsigned16(fixed, 28);
        var own = Header.local(zip.read(header.offset(), length));
        var contradiction = header.contradiction(own);
        if (!contradiction.isEmpty()) {
            throw Damaged.disagree(path, contradiction);
        }
        return own;
    }
}
