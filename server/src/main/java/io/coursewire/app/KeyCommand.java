package io.coursewire.app;

import io.coursewire.app.remote.RemoteServer;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.Json;
import java.io.PrintWriter;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/// API keys of a client: made, listed, revoked, through a server's API.
@Command(
        name = "key",
        description = "Makes, lists and revokes a client's API keys.",
        mixinStandardHelpOptions = true)
final class KeyCommand {
    @Spec private CommandSpec command;

    @Command(description = "Makes a key and prints it, this once.", mixinStandardHelpOptions = true)
    int create(
            @Mixin RemoteServer server,
            @Option(
                            names = "--client",
                            required = true,
                            paramLabel = "ID",
                            converter = ClientOption.class,
                            description = "The organization.")
                    ClientId client,
            @Option(
                            names = "--name",
                            paramLabel = "NAME",
                            defaultValue = "command line",
                            description = "What the key is for. Default: ${DEFAULT-VALUE}")
                    String name) {
        return server.run(
                api -> {
                    var body = Json.MAPPER.createObjectNode().put("name", name);
                    var made = api.post(keys(client), body);
                    print("%s%n", made.path("key").asString());
                    note(
                            "Key %s of %s. It is not shown again.",
                            made.path("id").asString(), client);
                    return 0;
                });
    }

    @Command(
            description = "Lists the keys, without their secrets.",
            mixinStandardHelpOptions = true)
    int list(
            @Mixin RemoteServer server,
            @Option(
                            names = "--client",
                            required = true,
                            paramLabel = "ID",
                            converter = ClientOption.class,
                            description = "The organization.")
                    ClientId client) {
        return server.run(
                api -> {
                    var cursor = "";
                    do {
                        var page = api.get(keys(client) + "?limit=500" + cursor);
                        page.path("items").forEach(this::printKey);
                        var next = page.path("nextCursor").asString("");
                        cursor = next.isEmpty() ? "" : "&cursor=" + next;
                    } while (!cursor.isEmpty());
                    return 0;
                });
    }

    @Command(
            description = "Revokes a key; requests with it are refused from then on.",
            mixinStandardHelpOptions = true)
    int revoke(
            @Mixin RemoteServer server,
            @Option(
                            names = "--client",
                            required = true,
                            paramLabel = "ID",
                            converter = ClientOption.class,
                            description = "The organization.")
                    ClientId client,
            @Parameters(
                            paramLabel = "KEY-ID",
                            converter = KeyIdParameter.class,
                            description = "As `key list` shows it.")
                    UUID id) {
        return server.run(
                api -> {
                    api.delete(keys(client) + "/" + id);
                    note("Key %s of %s is revoked.", id, client);
                    return 0;
                });
    }

    private static String keys(ClientId client) {
        return "/clients/" + client + "/keys";
    }

    private void printKey(JsonNode key) {
        print("%s  %s%n", key.path("id").asString(), key.path("name").asString());
    }

    private void print(String form, Object... values) {
        PrintWriter out = command.commandLine().getOut();
        out.printf(form, values);
        out.flush();
    }

    // Standard output carries the key alone, so that a script can read it.
    private void note(String form, Object... values) {
        PrintWriter errors = command.commandLine().getErr();
        errors.println(form.formatted(values));
        errors.flush();
    }
}
