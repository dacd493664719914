package io.coursewire.app;

import io.coursewire.app.remote.ApiClient;
import io.coursewire.app.remote.RemoteServer;
import io.coursewire.app.terminal.ProgressBar;
import io.coursewire.kernel.ClientId;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/// Brings a course package in, through a server's API.
@Command(
        name = "import",
        description = "Brings a course package into a server.",
        mixinStandardHelpOptions = true)
final class ImportCommand implements Callable<Integer> {
    @Spec private CommandSpec command;
    @Mixin private RemoteServer server;

    @Parameters(paramLabel = "FILE.zip", description = "The package.")
    private Path file;

    @Option(
            names = "--client",
            required = true,
            paramLabel = "ID",
            converter = ClientOption.class,
            description = "The organization that the course is for.")
    private ClientId client;

    @Override
    public Integer call() {
        if (!Files.isRegularFile(file)) {
            throw new ParameterException(command.commandLine(), "There is no file " + file);
        }
        return server.run(this::bring);
    }

    private int bring(ApiClient api) {
        JsonNode brought;
        try (var progress = ProgressBar.onTerminal(Files.size(file))) {
            brought =
                    api.upload(
                            "/clients/" + client + "/packages",
                            file,
                            "application/zip",
                            progress::at);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        tell(brought);
        return 0;
    }

    private void tell(JsonNode brought) {
        PrintWriter out = command.commandLine().getOut();
        var activity = brought.path("activity");
        out.printf(
                "%s (%s, version %d)%n",
                activity.path("title").asString(),
                brought.path("standard").asString(),
                brought.path("version").asInt());
        out.printf("  activity  %s%n", activity.path("id").asString());
        for (JsonNode item : brought.path("items")) {
            out.printf(
                    "  item      %s  %s%n",
                    item.path("id").asString(), item.path("title").asString());
        }
        for (JsonNode warning : brought.path("warnings")) {
            out.printf("  warning   %s%s%n", warning.path("message").asString(), place(warning));
        }
        out.flush();
    }

    private static String place(JsonNode warning) {
        var place = warning.path("place").asString("");
        return place.isEmpty() ? "" : " (" + place + ")";
    }
}
