package io.coursewire.app;

import io.coursewire.app.Receiver.Received;
import io.coursewire.app.terminal.PrettyJson;
import io.coursewire.kernel.Json;
import io.coursewire.webhooks.sending.WebhookSecret;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;

/// A local receiver that verifies and pretty-prints each webhook.
@Command(
        name = "listen",
        mixinStandardHelpOptions = true,
        description = "Receives webhooks on this machine, verifies and prints them.")
final class ListenCommand implements Callable<Integer> {
    private static final String SECRET_VARIABLE = "COURSEWIRE_WEBHOOK_SECRET";

    @Spec CommandSpec spec;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            converter = PortOption.class,
            defaultValue = "9090",
            description = "Port to listen on, 0 for any free one (default: ${DEFAULT-VALUE}).")
    int port;

    @Option(
            names = "--secret",
            paramLabel = "SECRET",
            arity = "0..1",
            interactive = true,
            description =
                    "The endpoint's whsec_ secret; without a value it is asked for. Else taken from "
                            + SECRET_VARIABLE
                            + "; without any, nothing is verified.")
    String secret;

    @Override
    public Integer call() throws InterruptedException {
        Optional<WebhookSecret> known = secret();
        try (var receiver = Receiver.start(port, this::print)) {
            known.ifPresent(receiver::verifying);
            out().printf(
                            "listening on http://127.0.0.1:%d (%s)%n",
                            receiver.port(),
                            known.isPresent() ? "verifying" : "no secret given: not verifying");
            out().println(
                            "the server sends here when it was started with --allow-target 127.0.0.1");
            out().flush();
            new CountDownLatch(1).await();
            return 0;
        } catch (IOException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    "cannot listen on port %d: %s; choose another with --port"
                            .formatted(port, e.getMessage()));
        }
    }

    private Optional<WebhookSecret> secret() {
        String text = secret == null ? System.getenv(SECRET_VARIABLE) : secret;
        if (text == null || text.isBlank()) {
            return Optional.empty();
        }
        return Optional.of(
                WebhookSecret.parse(text.strip())
                        .orElseThrow(
                                () ->
                                        new ParameterException(
                                                spec.commandLine(),
                                                "this is not a webhook secret: it begins with whsec_ and goes on in base64")));
    }

    private synchronized void print(Received received) {
        out().printf(
                        "%n%s  %s  %s%n",
                        LocalTime.now().truncatedTo(ChronoUnit.SECONDS),
                        received.header("coursewire-event"),
                        received.header("webhook-id"));
        out().println(verdict(received));
        out().println(pretty(received.body()));
        out().flush();
    }

    private static String verdict(Received received) {
        return received.fault()
                .map(fault -> "signature REFUSED: " + fault)
                .orElse(received.verified() ? "signature holds" : "signature not verified");
    }

    private static String pretty(byte[] body) {
        var text = new String(body, StandardCharsets.UTF_8);
        try {
            Json.MAPPER.readTree(body);
            return PrettyJson.plain(text);
        } catch (JacksonException _) {
            return text;
        }
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
