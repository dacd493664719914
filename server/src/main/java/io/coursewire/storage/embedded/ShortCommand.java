package io.coursewire.storage.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A program of the operating system that runs for a moment, and what it said.
record ShortCommand(int exitCode, String output) {
    static final int SECONDS_MAX = 120;

    /// Throws IOException when the program does not exist or takes too long.
    static ShortCommand run(List<String> command) throws IOException {
        Process process = clean(new ProcessBuilder(command)).redirectErrorStream(true).start();
        try {
            process.getOutputStream().close();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
                throw new IOException(
                        command.getFirst() + " takes longer than " + SECONDS_MAX + " s");
            }
            return new ShortCommand(process.exitValue(), said.strip());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for " + command.getFirst(), e);
        } finally {
            process.destroyForcibly();
        }
    }

    /// Leaves out what would change how PostgreSQL's programs behave.
    static ProcessBuilder clean(ProcessBuilder builder) {
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().keySet().removeIf(name -> name.startsWith("LC_"));
        builder.environment().put("LC_ALL", "C");
        builder.environment().remove("LANGUAGE");
        return builder;
    }

    boolean succeeded() {
        return exitCode == 0;
    }
}
