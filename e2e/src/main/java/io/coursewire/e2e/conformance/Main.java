package io.coursewire.e2e.conformance;

import io.coursewire.app.remote.ApiClient;
import io.coursewire.e2e.Chromium;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `./coursewire conformance DIR --browser`: a server and a browser of its own, and every case through them.
@Command(
        name = "conformance",
        mixinStandardHelpOptions = true,
        description = "Replays SCORM 2004 conformance cases through the real player in a browser.")
public final class Main implements Callable<Integer> {
    @Spec CommandSpec spec;

    @Parameters(
            paramLabel = "DIR",
            description = "Holds cases/ID.json and the manifests/ they run on.")
    Path directory;

    @Option(names = "--case", paramLabel = "ID", description = "Only this case; may be repeated.")
    List<String> only = List.of();

    @Option(names = "--browser", description = "Through the real player, every command too.")
    boolean browser;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        if (!Files.isDirectory(directory.resolve("cases"))) {
            throw refused("there is no folder " + directory.resolve("cases"));
        }
        for (var id : only) {
            if (!id.matches("[A-Za-z0-9_-]{1,64}")
                    || !Files.isRegularFile(directory.resolve("cases").resolve(id + ".json"))) {
                throw refused("there is no case " + id + " in " + directory.resolve("cases"));
            }
        }
        var executable =
                Chromium.find()
                        .orElseThrow(
                                () ->
                                        refused(
                                                "no Chromium was found: install it, or name it in CHROMIUM"));
        try (var server = Server.start();
                var chromium = Chromium.start(executable);
                var api = new ApiClient(server.api(), Server.ADMIN_KEY)) {
            var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
            return BrowserReplay.run(directory, only, chromium.browser(), api, out) ? 0 : 1;
        }
    }

    private ParameterException refused(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }
}
