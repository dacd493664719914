package io.coursewire.storage.embedded;

import io.coursewire.kernel.CannotStart;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Keeps a folder to one process. The system lets go of the lock when the process ends, however it does.
final class FolderLock implements AutoCloseable {
    // Within one JVM the system does not tell holders apart, and closing any channel of the file
    // lets go of the lock.
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private FolderLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /// Throws CannotStart, naming the process, when another one holds the folder.
    static FolderLock take(Path folder) throws IOException {
        Path file = folder.toRealPath().resolve("lock");
        if (!HELD_HERE.add(file)) {
            throw held(folder, Long.toString(ProcessHandle.current().pid()));
        }
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() != null) {
                note(channel, ProcessHandle.current().pid());
                return new FolderLock(file, channel);
            }
            throw held(folder, Files.readString(file).strip());
        } catch (IOException | RuntimeException e) {
            release(file, channel);
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        release(file, channel);
    }

    private static void note(FileChannel channel, long pid) throws IOException {
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(Long.toString(pid).getBytes(StandardCharsets.UTF_8)));
    }

    private static void release(Path file, FileChannel channel) throws IOException {
        try (channel) {
            HELD_HERE.remove(file);
        }
    }

    private static CannotStart held(Path folder, String pid) {
        return new CannotStart(
                "Another Coursewire (process %s) already runs on %s. Stop it first, or give this one another data folder: --data-dir."
                        .formatted(pid, folder));
    }
}
