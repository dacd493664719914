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
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings a course in. Everything is checked, unpacked, made durable and placed first; then one transaction makes it
/// count. Whatever fails, and however the process dies, nothing of a failed import stays.
public final class ImportPackage {
    private static final Logger LOG = LoggerFactory.getLogger(ImportPackage.class);

    // So many files are removed under one lock: that nobody waits for it long, and no transaction
    // idles.
    private static final int REMOVED_AT_ONCE = 500;

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
    final ImportTurns turns = new ImportTurns(ImportTurns.WAIT);

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

    /// Reads the upload to its end or to the limit, unpacks it and places its files, with no transaction open; the
    /// caller closes both.
    ///
    /// @throws PackageRefused for a package that cannot be brought in; nothing of it is kept
    /// @throws io.coursewire.storage.Overloaded while too many others are being unpacked
    public Unpacked unpack(ClientId client, InputStream upload) {
        var workspace = folders.staging.open();
        try {
            // Whoever sends slowly, or stops, takes no turn of others.
            workspace.receive(upload, limits);
            var brought = turns.take(client, () -> read(client, workspace));
            place(workspace, distinct(brought.files()));
            return new Unpacked(client, workspace, brought);
        } catch (IOException e) {
            clear(workspace, false);
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            clear(workspace, false);
            throw e;
        }
    }

    /// A package that is checked, unpacked, durable and placed. Nothing of it stays with [#close] unless it was kept.
    public final class Unpacked implements AutoCloseable {
        private final ClientId client;
        private final Workspace workspace;
        private final Brought brought;
        private boolean kept;

        private Unpacked(ClientId client, Workspace workspace, Brought brought) {
            this.client = client;
            this.workspace = workspace;
            this.brought = brought;
        }

        /// Makes it count, in the transaction that is open or one of its own. Only rows are written.
        ///
        /// @throws io.coursewire.kernel.InvalidInput for an activity to replace that the client does not have
        public ImportedPackage store(ImportTarget target) {
            return jdbi.inTransaction(
                    db -> storeVersion.store(db, client, target, brought, clock.instant()));
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

    private Brought read(ClientId client, Workspace workspace) {
        var warnings = new Warnings();
        try (var archive = ZipArchive.open(workspace.upload(), limits, warnings)) {
            var read = new ReadPackage(archive, warnings).read();
            requirePlayed(read.content().standard());
            var files = new UnpackFiles(archive, workspace, limits).unpack(read.files());
            return new Brought(read.content(), keys.of(client, files), files, warnings);
        }
    }

    private static void requirePlayed(Standard standard) {
        if (!PLAYED.contains(standard)) {
            throw ReadPackage.notYet(standard);
        }
    }

    private static List<StagedFile> distinct(List<StagedFile> files) {
        var byHash = new TreeMap<String, StagedFile>();
        files.forEach(file -> byHash.putIfAbsent(file.hash().hex(), file));
        return List.copyOf(byHash.values());
    }

    /// Once an import has written down what it will place, nobody removes that; so it may take its time, under no lock.
    private void place(Workspace workspace, List<StagedFile> files) throws IOException {
        jdbi.useTransaction(
                db -> {
                    names.lockForIntending(db);
                    workspace.intend(files.stream().map(StagedFile::hash).toList());
                });
        var absent = files.stream().filter(file -> !folders.content.has(file.hash())).toList();
        workspace.force(absent);
        folders.content.place(files);
    }

    /// Removes what imports left that died with their process, or could not be cleared. To be called at start and now
    /// and then; imports that go on, here or in other processes on the same folder, are left alone.
    public void takeBackAbandoned() {
        for (var workspace : folders.staging.abandoned()) {
            LOG.info("An import did not live to its end; taking back what it had stored.");
            clear(workspace, false);
        }
    }

    /// Leaves to [#takeBackAbandoned] what cannot be cleared now, but not the disk that it takes.
    private void clear(Workspace workspace, boolean stored) {
        try {
            if (!stored) {
                removeUnnamed(workspace);
            }
            workspace.delete();
        } catch (IOException | RuntimeException e) {
            LOG.warn("What an import left in the data folder is cleared later.", e);
            workspace.abandon();
        }
    }

    private void removeUnnamed(Workspace workspace) throws IOException {
        var hashes = workspace.intended();
        for (int from = 0; from < hashes.size(); from += REMOVED_AT_ONCE) {
            int to = Math.min(from + REMOVED_AT_ONCE, hashes.size());
            removeUnnamed(workspace, hashes.subList(from, to), hashes.subList(to, hashes.size()));
        }
    }

    private void removeUnnamed(Workspace workspace, List<FileHash> hashes, List<FileHash> others)
            throws IOException {
        jdbi.useTransaction(
                db -> {
                    names.lockForRemoving(db);
                    // In this order: what others intended and have just committed is named now.
                    var wanted = folders.staging.intendedBeside(workspace);
                    wanted.addAll(names.named(db, hashes));
                    for (var hash : hashes) {
                        if (!wanted.contains(hash)) {
                            folders.content.remove(hash);
                        }
                    }
                    // What was left for another's sake is the other's alone from here on.
                    workspace.intend(others);
                });
    }
}
