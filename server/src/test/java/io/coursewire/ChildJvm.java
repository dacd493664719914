package io.coursewire;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A JVM of its own, for tests about what happens when one is killed.
public final class ChildJvm implements AutoCloseable {
    private final Process process;
    private final BufferedReader lines;

    private ChildJvm(Process process) {
        this.process = process;
        this.lines = process.inputReader(StandardCharsets.UTF_8);
    }

    public static ChildJvm start(Class<?> main, String... arguments) throws IOException {
        return start(List.of(), Map.of(), main, arguments);
    }

    /// @param prefix what runs the JVM, such as `unshare --user`
    public static ChildJvm start(
            List<String> prefix,
            Map<String, String> environment,
            Class<?> main,
            String... arguments)
            throws IOException {
        var command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xmx256m", "-cp"));
        command.addAll(List.of(System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        return new ChildJvm(builder.redirectError(ProcessBuilder.Redirect.INHERIT).start());
    }

    /// The next line on its standard output; null when it has ended.
    public String nextLine() throws IOException {
        return lines.readLine();
    }

    /// A line on its standard input; one that has ended hears nothing.
    public void tell(String line) {
        try {
            var in = process.outputWriter(StandardCharsets.UTF_8);
            in.write(line + "\n");
            in.flush();
        } catch (IOException e) {
            // It has ended.
        }
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    /// kill -9; returns when it is dead. What it has said can still be read.
    public void kill() throws InterruptedException {
        process.toHandle().destroyForcibly();
        process.waitFor();
    }

    /// SIGTERM; returns its exit code.
    public int terminate() throws InterruptedException {
        // Not of the process itself: that would close its output before it has been read.
        process.toHandle().destroy();
        return process.waitFor();
    }

    public boolean endsWithin(long seconds) throws InterruptedException {
        return process.waitFor(seconds, TimeUnit.SECONDS);
    }

    /// Of one that has ended.
    public int exitCode() {
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
