package io.coursewire.storage.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// A log file that another process appends to. What is older than about one cap is kept in one older
/// file, and what is older than that is dropped.
record CappedLog(Path file, long bytesMax) {
    /// Call it now and then. Lines written between copying and emptying are lost, which a log may.
    void trim() throws IOException {
        if (Files.exists(file) && Files.size(file) > bytesMax) {
            Path older = file.resolveSibling(file.getFileName() + ".1");
            Files.copy(file, older, StandardCopyOption.REPLACE_EXISTING);
            try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(0);
            }
        }
    }
}
