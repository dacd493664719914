package io.coursewire.packages.content;

import io.coursewire.kernel.Fsync;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.HashSet;

/// Every file of every course, once each, under its hash. A name is in the database only when its file is
/// here, whole and durable.
public final class ContentStore {
    private static final int FOLDER_CHARS = 2;

    private final Path folder;

    public ContentStore(Path dataFolder) {
        this.folder = dataFolder.resolve("content");
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean has(FileHash hash) {
        return Files.exists(path(hash));
    }

    /// To be closed by the caller.
    public FileChannel open(FileHash hash) throws IOException {
        return FileChannel.open(path(hash), StandardOpenOption.READ);
    }

    /// Moves complete and durable files in. What is there already stays.
    public void place(Collection<StagedFile> files) throws IOException {
        var touched = new HashSet<Path>();
        for (var file : files) {
            var target = path(file.hash());
            if (!Files.exists(target)) {
                Files.createDirectories(target.getParent());
                Files.move(file.staged(), target, StandardCopyOption.ATOMIC_MOVE);
            }
            // What is there already may have been moved in just now, by an import that has not come
            // to this point.
            touched.add(target.getParent());
        }
        for (var changed : touched) {
            Fsync.folder(changed);
        }
        Fsync.folder(folder);
    }

    /// Only for what no name in the database means and no import intends, under the lock that keeps others from intending it.
    public void remove(FileHash hash) throws IOException {
        Files.deleteIfExists(path(hash));
    }

    private Path path(FileHash hash) {
        return folder.resolve(hash.hex().substring(0, FOLDER_CHARS)).resolve(hash.hex());
    }
}
