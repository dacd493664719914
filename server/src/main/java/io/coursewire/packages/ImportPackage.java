package io.coursewire.packages;

import io.coursewire.kernel.ClientId;
import io.coursewire.packages.StoreVersion.Brought;
import io.coursewire.packages.content.ContentKeys;
import io.coursewire.packages.content.ContentStore;
import io.coursewire.packages.content.FileHash;
import io.coursewire.packages.content.StagedFile;
import io.coursewire.packages.content.Staging;
import io.coursewire.packages.content.UnpackFiles;
import io.coursewire.packages.content.Workspace;
import io.coursewire.packages.zip.ZipArchive;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings a course in. Everything is checked, unpacked and made durable first; then one transaction makes it
/// count. Whatever fails, and however the process dies, nothing of a failed import stays.
public final class ImportPackage {
    private static final Logger LOG = LoggerFactory.getLogger(ImportPackage.class);
    private static final int BUFFER_BYTES = 64 * 1024;

    /// The standards that a run time speaks; courses in others would come in and never open.
    private static final Set<Standard> PLAYED =
            EnumSet.of(Standard.SCORM_12, Standard.SCORM_2004, Standard.AICC);

    private final Jdbi jdbi;
    private final PackageFolders folders;
    private final ContentKeys keys;
    private final PackageLimits limits;
    private final InstantSource clock;
    private final StoreVersion storeVersion = new StoreVersion();
    private final ContentFileStore names = new ContentFileStore();

    /// Where imports work and where files are kept, both below the data folder.
    public record PackageFolders(Staging staging, ContentStore content) {}

    public ImportPackage(
            Jdbi jdbi,
            PackageFolders folders,
            ContentKeys keys,
            PackageLimits limits,
            InstantSource clock) {
        this.jdbi = jdbi;
        this.folders = folders;
        this.keys = keys;
        this.limits = limits;
        this.clock = clock;
    }

    /// Does all of it.
    ///
    /// @throws PackageRefused for a package that cannot be brought in; nothing of it is kept
    /// @throws io.coursewire.kernel.InvalidInput for an activity to replace that the client does not have
    public ImportedPackage bring(ClientId client, InputStream upload, ImportTarget target) {
        try (var unpacked = unpack(client, upload)) {
            var imported = unpacked.store(target);
            unpacked.keep();
            return imported;
        }
    }

    /// Reads the upload to its end or to the limit and unpacks it, with no transaction open; the caller closes both.
    ///
    /// @throws PackageRefused for a package that cannot be brought in; nothing of it is kept
    public Unpacked unpack(ClientId client, InputStream upload) {
        var workspace = folders.staging.open();
        try {
            receive(upload, workspace);
            return unpack(client, workspace);
        } catch (IOException e) {
            clear(workspace, false);
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            clear(workspace, false);
            throw e;
        }
    }

    /// A package that is checked, unpacked and durable. Nothing of it stays with [#close] unless it was kept.
    public final class Unpacked implements AutoCloseable {
        private final ClientId client;
        private final Workspace workspace;
        private final Brought brought;
        private final List<StagedFile> files;
        private boolean kept;

        private Unpacked(ClientId client, Workspace workspace, Brought brought) throws IOException {
            this.client = client;
            this.workspace = workspace;
            this.brought = brought;
            this.files = distinct(brought.files());
            workspace.intend(files.stream().map(StagedFile::hash).toList());
            workspace.force(absent(files));
        }

        /// Makes it count, in the transaction that is open or one of its own.
        ///
        /// @throws io.coursewire.kernel.InvalidInput for an activity to replace that the client does not have
        public ImportedPackage store(ImportTarget target) {
            try {
                return jdbi.inTransaction(db -> store(db, target));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private ImportedPackage store(Handle db, ImportTarget target) throws IOException {
            names.lockForPlacing(db);
            workspace.force(absent(files));
            folders.content.place(files);
            return storeVersion.store(db, client, target, brought, clock.instant());
        }

        /// To be called when that transaction has committed.
        public void keep() {
            kept = true;
        }

        @Override
        public void close() {
            clear(workspace, kept);
        }
    }

    private void receive(InputStream upload, Workspace workspace) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        long bytes = 0;
        try (var to = Files.newOutputStream(workspace.upload())) {
            for (int got = upload.read(buffer); got >= 0; got = upload.read(buffer)) {
                bytes += got;
                if (bytes > limits.uploadBytesMax()) {
                    throw new PackageRefused(
                            PackageRefused.UPLOAD_TOO_LARGE,
                            "the zip has more than " + limits.uploadBytesMax() + " bytes");
                }
                to.write(buffer, 0, got);
            }
        }
    }

    private Unpacked unpack(ClientId client, Workspace workspace) throws IOException {
        var warnings = new Warnings();
        try (var archive = ZipArchive.open(workspace.upload(), limits, warnings)) {
            var read = new ReadPackage(archive, warnings).read();
            requirePlayed(read.content().standard());
            var files = new UnpackFiles(archive, workspace, limits).unpack(read.files());
            var brought = new Brought(read.content(), keys.of(client, files), files, warnings);
            return new Unpacked(client, workspace, brought);
        }
    }

    private static void requirePlayed(Standard standard) {
        if (!PLAYED.contains(standard)) {
            throw ReadPackage.notYet(standard);
        }
    }

    private List<StagedFile> absent(List<StagedFile> files) {
        return files.stream().filter(file -> !folders.content.has(file.hash())).toList();
    }

    private static List<StagedFile> distinct(List<StagedFile> files) {
        var byHash = new TreeMap<String, StagedFile>();
        files.forEach(file -> byHash.putIfAbsent(file.hash().hex(), file));
        return List.copyOf(byHash.values());
    }

    /// Removes what imports left that died with their process. To be called at start; imports of other
    /// processes on the same folder go on.
    public void takeBackAbandoned() {
        for (var workspace : folders.staging.abandoned()) {
            LOG.info("An import did not live to its end; taking back what it had stored.");
            clear(workspace, false);
        }
    }

    /// Leaves the folder to the next start when it cannot be cleared now.
    private void clear(Workspace workspace, boolean stored) {
        try {
            if (!stored) {
                removeUnnamed(workspace.intended());
            }
            workspace.delete();
        } catch (IOException | RuntimeException e) {
            LOG.warn("What an import left in the data folder is cleared at the next start.", e);
            workspace.release();
        }
    }

    private void removeUnnamed(List<FileHash> hashes) throws IOException {
        if (hashes.isEmpty()) {
            return;
        }
        jdbi.useTransaction(
                db -> {
                    names.lockForRemoving(db);
                    var named = names.named(db, hashes);
                    for (var hash : hashes) {
                        if (!named.contains(hash)) {
                            folders.content.remove(hash);
                        }
                    }
                });
    }
}
