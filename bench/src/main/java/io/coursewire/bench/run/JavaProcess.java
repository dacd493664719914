package io.coursewire.bench.run;

import io.coursewire.bench.load.BenchFailed;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A program on a JVM of its own, with this one's class path, so that what it uses can be measured.
final class JavaProcess implements AutoCloseable {
    private static final Duration STOP_MAX = Duration.ofSeconds(30);
    private static final int LOG_LINES_SHOWN = 15;

    private final Process process;
    private final String ready;

    private JavaProcess(Process process, String ready) {
        this.process = process;
        this.ready = ready;
    }

    /// @param javaOptions for both programs the same
    record Program(List<String> javaOptions, Class<?> main, List<String> arguments) {}

    /// Returns when the program has said on standard output that it is ready.
    static JavaProcess start(Program program, Map<String, String> environment, Path log)
            throws IOException {
        var command = new ArrayList<String>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(program.javaOptions());
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(program.main().getName());
        command.addAll(program.arguments());
        var builder = new ProcessBuilder(command).redirectError(log.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        return new JavaProcess(process, readyLine(process, log));
    }

    /// The value of a word in the line that said so, as `api=http://...`.
    String ready(String name) {
        for (String word : ready.split(" ")) {
            if (word.startsWith(name + "=")) {
                return word.substring(name.length() + 1);
            }
        }
        throw new BenchFailed("no " + name + " in: " + ready);
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_MAX.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static String readyLine(Process process, Path log) throws IOException {
        // The JVM itself may say something first. Nothing is said after it, so nothing more is
        // read.
        BufferedReader out = process.inputReader();
        String line = out.readLine();
        while (line != null && !line.startsWith("ready ")) {
            line = out.readLine();
        }
        if (line == null) {
            process.destroy();
            throw new BenchFailed("a program did not start: " + endOf(log));
        }
        return line;
    }

    private static String endOf(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log);
        return String.join(
                "\n", lines.subList(Math.max(0, lines.size() - LOG_LINES_SHOWN), lines.size()));
    }
}
