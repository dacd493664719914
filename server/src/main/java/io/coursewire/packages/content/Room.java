package io.coursewire.packages.content;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/// Stops an import before it fills the disk, which the database and everybody's results may be on too.
final class Room {
    // Asking costs a system call; several imports at once go beyond by a few times this.
    private static final long ASKED_EACH_BYTES = 16L << 20;

    private final FileStore disk;
    private final long keptFreeBytes;
    private long bytesUntilAsked;

    Room(Path folder, long keptFreeBytes) throws IOException {
        this.disk = Files.getFileStore(folder);
        this.keptFreeBytes = keptFreeBytes;
    }

    /// To be called before so many bytes are written.
    ///
    /// @throws IOException when the disk would be too full
    void take(int bytes) throws IOException {
        bytesUntilAsked -= bytes;
        if (bytesUntilAsked < 0) {
            if (disk.getUsableSpace() < keptFreeBytes + ASKED_EACH_BYTES) {
                throw new IOException(
                        "no package is brought in while the disk of the data folder has less than "
                                + keptFreeBytes
                                + " bytes free");
            }
            bytesUntilAsked = ASKED_EACH_BYTES;
        }
    }
}
