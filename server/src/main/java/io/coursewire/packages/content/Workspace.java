package io.coursewire.packages.content;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/// One import's folder: the upload, what was unpacked, and the list of what it is about to store.
public final class Workspace {
    private static final String INTENT = "intent";
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

    /// A new path for one unpacked file.
    public Path next() {
        return folder.resolve("file-" + files++);
    }

    /// Writes down what will be stored, before it is, so that whoever finds this folder can take it back.
    public void intend(Collection<FileHash> hashes) throws IOException {
        var intent = folder.resolve(INTENT);
        Files.write(intent, hashes.stream().map(FileHash::hex).toList());
        Fsync.file(intent);
        Fsync.folder(folder);
    }

    /// What may have been stored. A last line cut short by a crash was not durable, so nothing of it was.
    public List<FileHash> intended() throws IOException {
        var intent = folder.resolve(INTENT);
        return Files.exists(intent)
                ? Files.readAllLines(intent).stream()
                        .filter(line -> line.length() == 64)
                        .map(FileHash::new)
                        .toList()
                : List.of();
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
        try (var files = Files.newDirectoryStream(folder)) {
            for (var file : files) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
        lock.release();
    }

    /// Lets go of the folder and leaves it for the sweep of the next start.
    public void release() {
        try {
            lock.release();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
