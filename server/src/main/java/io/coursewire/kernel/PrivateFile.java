package io.coursewire.kernel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Supplier;

/// Files and folders that only their owner may read, such as a password in a one-line file.
public final class PrivateFile {
    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    private static final FileAttribute<?> CREATED_SO =
            PosixFilePermissions.asFileAttribute(OWNER_ONLY);

    private PrivateFile() {}

    /// The file's line; made, whole or not at all, when there is no file yet. Throws CannotStart when others
    /// may read the file.
    public static String readOrCreate(Path file, Supplier<String> line) throws IOException {
        if (!Files.exists(file)) {
            create(file, line.get());
        }
        if (!OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
            throw new CannotStart(
                    "%s can be read by others. Change its secret if they may have, then: chmod 600 %s"
                            .formatted(file, file));
        }
        return Files.readString(file).strip();
    }

    /// The folder, with its real path; made, for its owner only, when there is none.
    public static Path folder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(
                    folder,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
        }
        return folder.toRealPath();
    }

    private static void create(Path file, String line) throws IOException {
        Path part =
                Files.createTempFile(file.getParent(), "." + file.getFileName(), "", CREATED_SO);
        try (var channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
            channel.force(true);
        }
        settle(part, file);
        Fsync.folder(file.getParent());
    }

    /// Two nodes may make it at once. The first wins: what it has read already must not be replaced.
    private static void settle(Path part, Path file) throws IOException {
        try {
            Files.createLink(file, part);
        } catch (FileAlreadyExistsException e) {
            // Made meanwhile; it is read as if it had been there.
        } catch (UnsupportedOperationException | FileSystemException e) {
            // No links on this file system.
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        }
        Files.deleteIfExists(part);
    }
}
