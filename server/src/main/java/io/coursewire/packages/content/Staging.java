package io.coursewire.packages.content;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/// Where imports do their work before anything of them counts. Each has a folder of its own and holds a
/// lock as long as it lives, also across processes: the operating system lets go of it when the process
/// dies, however it dies.
public final class Staging {
    private static final Pattern NAME = Pattern.compile("import-[0-9a-f]{16}");

    private final Path folder;
    private final FileChannel locks;

    public Staging(Path dataFolder) {
        try {
            folder = Files.createDirectories(dataFolder.resolve("staging"));
            // Never closed: closing one descriptor of a file drops all its locks of the process.
            locks =
                    FileChannel.open(
                            folder.resolve("locks"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Workspace open() {
        try {
            while (true) {
                long number = ThreadLocalRandom.current().nextLong(Long.MAX_VALUE);
                var lock = tryLock(number);
                if (lock.isPresent()) {
                    return new Workspace(Files.createDirectory(path(number)), lock.get());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path path(long number) {
        return folder.resolve("import-%016x".formatted(number));
    }

    /// One byte of the lock file per import, far beyond its end: locks need no bytes.
    private Optional<FileLock> tryLock(long number) throws IOException {
        try {
            return Optional.ofNullable(locks.tryLock(number, 1, false));
        } catch (OverlappingFileLockException _) {
            return Optional.empty();
        }
    }

    /// The folders of imports that died, locked for the caller.
    public List<Workspace> abandoned() {
        var found = new ArrayList<Workspace>();
        try {
            for (var each : folders()) {
                tryLock(number(each)).map(lock -> new Workspace(each, lock)).ifPresent(found::add);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var ended = found.stream().filter(workspace -> !workspace.exists()).toList();
        ended.forEach(Workspace::release);
        found.removeAll(ended);
        return found;
    }

    /// What all imports but one may have stored, in whatever process they are.
    public Set<FileHash> intendedBeside(Workspace one) throws IOException {
        var intended = new HashSet<FileHash>();
        for (var each : folders()) {
            if (!one.isIn(each)) {
                intended.addAll(Workspace.intended(each));
            }
        }
        return intended;
    }

    private List<Path> folders() throws IOException {
        try (var folders = Files.list(folder)) {
            return folders.filter(each -> NAME.matcher(each.getFileName().toString()).matches())
                    .toList();
        }
    }

    private static long number(Path folder) {
        return Long.parseUnsignedLong(folder.getFileName().toString().replace("import-", ""), 16);
    }
}
