package io.coursewire.storage.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// PostgreSQL's own note of the server that runs, or ran, on a data folder: `postmaster.pid`.
record PostmasterFile(Path file, List<String> lines) {
    private static final int PID_LINE = 0;
    private static final int STATUS_LINE = 7;

    static Optional<PostmasterFile> read(Path dataFolder) throws IOException {
        Path file = dataFolder.resolve("postmaster.pid");
        try {
            return Optional.of(new PostmasterFile(file, Files.readAllLines(file)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /// Empty while the file is being written, or when it is damaged.
    Optional<Long> pid() {
        try {
            return lines.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Long.parseLong(lines.get(PID_LINE).strip()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    boolean isReady() {
        return lines.size() > STATUS_LINE && lines.get(STATUS_LINE).strip().equals("ready");
    }

    boolean isOf(Process process) {
        return pid().filter(pid -> pid == process.pid()).isPresent();
    }

    /// The process of the file, if it is alive and really the server on this data folder: after a restart
    /// of the machine its number may belong to anything.
    Optional<ProcessHandle> liveServer() {
        return pid().flatMap(ProcessHandle::of).filter(this::isServerHere);
    }

    /// By its arguments, which any account may read; a process that ended but is not yet reaped has none.
    private boolean isServerHere(ProcessHandle process) {
        List<String> arguments = process.info().arguments().map(List::of).orElse(List.of());
        int flag = arguments.indexOf("-D");
        return flag >= 0
                && flag + 1 < arguments.size()
                && arguments.get(flag + 1).equals(file.getParent().toString());
    }

    /// Lets PostgreSQL see that the server of this file is gone, although another process now has its
    /// number. Not by deleting the file: PostgreSQL reads from it which memory the old server used,
    /// and refuses to start while any process still uses that. It takes its parent's number, ours,
    /// for stale.
    void makeStale() throws IOException {
        if (pid().isEmpty()) {
            // Nothing to read. A server writes its number at once; the machine must have stopped
            // just then.
            Files.deleteIfExists(file);
        } else if (pid().flatMap(ProcessHandle::of).isPresent()) {
            var changed = new ArrayList<>(lines);
            changed.set(PID_LINE, Long.toString(ProcessHandle.current().pid()));
            Files.write(file, changed);
        }
    }
}
