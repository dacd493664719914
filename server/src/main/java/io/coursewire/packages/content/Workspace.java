package io.coursewire.packages.content;

import io.coursewire.kernel.Fsync;
import io.coursewire.packages.PackageLimits;
import io.coursewire.packages.PackageRefused;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One import's folder: the upload, what was unpacked, and the list of what it is about to store.
public final class Workspace {
    private static final Logger LOG = LoggerFactory.getLogger(Workspace.class);
    private static final String INTENT = "intent";
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int FORCED_AT_ONCE = 8;

    private final Path folder;
    private final FileLock lock;
    private final Set<FileHash> forced = new HashSet<>();
    private int files;

    Workspace(Path folder, FileLock lock) {
        this.folder = folder;
        this.lock = lock;
    }

    public Path upload() {
        return folder.resolve("upload.zip");
    }

    /// Reads an upload to its end or to the limit.
    ///
    /// @throws PackageRefused when it is larger
    public void receive(InputStream upload, PackageLimits limits) throws IOException {
        var room = room(limits);
        byte[] buffer = new byte[BUFFER_BYTES];
        long bytes = 0;
        try (var to = Files.newOutputStream(upload())) {
            for (int got = upload.read(buffer); got >= 0; got = upload.read(buffer)) {
                bytes += got;
                if (bytes > limits.uploadBytesMax()) {
                    throw new PackageRefused(
                            PackageRefused.UPLOAD_TOO_LARGE,
                            "the zip has more than " + limits.uploadBytesMax() + " bytes");
                }
                room.take(got);
                to.write(buffer, 0, got);
            }
        }
    }

    Room room(PackageLimits limits) throws IOException {
        return new Room(folder, limits.keptFreeBytes());
    }

    /// A new path for one unpacked file.
    public Path next() {
        return folder.resolve("file-" + files++);
    }

    /// Writes down what will be stored, before it is, so that whoever finds this folder can take it back.
    public void intend(Collection<FileHash> hashes) throws IOException {
        var written = folder.resolve(INTENT + ".new");
        Files.write(written, hashes.stream().map(FileHash::hex).toList());
        Fsync.file(written);
        Files.move(written, folder.resolve(INTENT), StandardCopyOption.ATOMIC_MOVE);
        Fsync.folder(folder);
    }

    /// What may have been stored. A last line cut short by a crash was not durable, so nothing of it was.
    public List<FileHash> intended() throws IOException {
        return intended(folder);
    }

    /// The same of any import's folder; nothing of one that has gone.
    static List<FileHash> intended(Path folder) throws IOException {
        try (var lines = Files.lines(folder.resolve(INTENT))) {
            return lines.filter(line -> line.length() == 64).map(FileHash::new).toList();
        } catch (NoSuchFileException _) {
            return List.of();
        }
    }

    boolean exists() {
        return Files.exists(folder);
    }

    boolean isIn(Path path) {
        return folder.equals(path);
    }

    /// Makes files durable that are not yet; several wait for the disk at once.
    public void force(Collection<StagedFile> staged) throws IOException {
        var pending = staged.stream().filter(file -> forced.add(file.hash())).toList();
        if (pending.isEmpty()) {
            return;
        }
        try (var pool = Executors.newFixedThreadPool(FORCED_AT_ONCE)) {
            var done = pending.stream().map(file -> pool.submit(() -> force(file))).toList();
            for (var one : done) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("a file could not be made durable", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }

    private static StagedFile force(StagedFile file) throws IOException {
        Fsync.file(file.staged());
        return file;
    }

    /// Deletes the folder and lets go of it.
    public void delete() throws IOException {
        deleteFiles();
        Files.deleteIfExists(folder.resolve(INTENT));
        Files.delete(folder);
        lock.release();
    }

    /// Lets go of the folder and leaves no more of it than tells what may have been stored.
    public void abandon() {
        try {
            deleteFiles();
        } catch (IOException e) {
            LOG.warn("The files of an import could not be deleted.", e);
        }
        release();
    }

    private void deleteFiles() throws IOException {
        try (var files = Files.newDirectoryStream(folder)) {
            for (var file : files) {
                if (!file.endsWith(INTENT)) {
                    Files.delete(file);
                }
            }
        }
    }

    /// Lets go of the folder as it is.
    public void release() {
        try {
            lock.release();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
