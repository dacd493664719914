package io.coursewire.app;

import io.coursewire.runtime.scorm2004.conformance.ConformanceReplay;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Replays conformance cases of SCORM 2004 and exits 0 only when none failed.
@Command(
        name = "conformance",
        mixinStandardHelpOptions = true,
        description = "Replays SCORM 2004 conformance cases on the sequencing engine.")
final class ConformanceCommand implements Callable<Integer> {
    private static final Pattern CASE_ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    @Spec CommandSpec spec;

    @Parameters(
            paramLabel = "DIR",
            description = "Holds cases/ID.json and the manifests/ they run on.")
    Path directory;

    @Option(names = "--case", paramLabel = "ID", description = "Only this case.")
    String only;

    @Option(
            names = "--browser",
            description = "Through the real player in a browser, every command too.")
    boolean browser;

    @Override
    public Integer call() {
        if (browser) {
            throw refused(
                    "the browser comes with the script: run ./coursewire conformance DIR --browser");
        }
        if (!Files.isDirectory(directory.resolve("cases"))) {
            throw refused("there is no folder " + directory.resolve("cases"));
        }
        var wanted = Optional.ofNullable(only);
        wanted.ifPresent(this::requireCase);
        var out = printing(spec.commandLine().getOut());
        return ConformanceReplay.run(directory, wanted, out) ? 0 : 1;
    }

    private void requireCase(String id) {
        if (!CASE_ID.matcher(id).matches()
                || !Files.isRegularFile(directory.resolve("cases").resolve(id + ".json"))) {
            throw refused("there is no case " + id + " in " + directory.resolve("cases"));
        }
    }

    private ParameterException refused(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }

    private static PrintStream printing(PrintWriter out) {
        var bytes =
                new OutputStream() {
                    @Override
                    public void write(int value) {
                        write(new byte[] {(byte) value}, 0, 1);
                    }

                    // A line is printed in one piece, so no character is cut in two.
                    @Override
                    public void write(byte[] text, int offset, int length) {
                        out.write(new String(text, offset, length, StandardCharsets.UTF_8));
                        out.flush();
                    }
                };
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
