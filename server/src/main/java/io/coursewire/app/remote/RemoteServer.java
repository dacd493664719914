package io.coursewire.app.remote;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.function.ToIntFunction;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/// The options of every command that works through a server's API: which server, and with what key.
public final class RemoteServer {
    @Spec(Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--server",
            paramLabel = "URL",
            description = "The server's API (COURSEWIRE_SERVER). Default: http://localhost:8080",
            defaultValue = "${env:COURSEWIRE_SERVER:-http://localhost:8080}")
    private URI server;

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description =
                    "An API key (COURSEWIRE_KEY, which keeps it out of the list of processes).",
            defaultValue = "${env:COURSEWIRE_KEY}")
    private String key;

    /// Runs the work with a client and returns its exit code, or prints why it was refused and returns 1.
    public int run(ToIntFunction<ApiClient> work) {
        check();
        try (var api = new ApiClient(withoutSlash(server), key.strip())) {
            return work.applyAsInt(api);
        } catch (ApiRefusal e) {
            return fail(e.getMessage());
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof FileSystemException file) {
                return fail("A file cannot be read or written: " + reason(file));
            }
            return fail(
                    "The connection to %s broke: %s".formatted(server, e.getCause().getMessage()));
        }
    }

    // The system's exceptions say with their class what they leave out of their message.
    private static String reason(FileSystemException file) {
        return switch (file) {
            case NoSuchFileException none -> none.getFile() + " is not there";
            case AccessDeniedException denied -> denied.getFile() + " may not be accessed";
            default -> file.getMessage();
        };
    }

    private void check() {
        if (server.getHost() == null || !String.valueOf(server.getScheme()).startsWith("http")) {
            throw new ParameterException(
                    command.commandLine(),
                    "--server takes an address such as http://localhost:8080, not " + server);
        }
        if (server.getRawPath().contains("/api/") || server.getRawQuery() != null) {
            throw new ParameterException(
                    command.commandLine(),
                    "--server takes the address before /api, such as http://localhost:8080, not "
                            + server);
        }
        if (key == null || key.isBlank()) {
            throw new ParameterException(
                    command.commandLine(),
                    "An API key is needed: set COURSEWIRE_KEY, or give --key. The server printed an admin key at its first start.");
        }
        // Of another form it could not be sent, and the client's complaint would print it.
        if (!key.strip().matches("[!-~]+")) {
            throw new ParameterException(
                    command.commandLine(),
                    "This is no API key: there is a blank, a line break or another sign in it that no key has.");
        }
    }

    private int fail(String message) {
        PrintWriter errors = command.commandLine().getErr();
        errors.println(message);
        errors.flush();
        return 1;
    }

    private static URI withoutSlash(URI uri) {
        return URI.create(uri.toString().replaceAll("/+$", ""));
    }
}
