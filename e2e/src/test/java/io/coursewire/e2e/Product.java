package io.coursewire.e2e;

import io.coursewire.ChildJvm;
import io.coursewire.app.Main;
import io.coursewire.app.remote.ApiClient;
import io.coursewire.kernel.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import tools.jackson.databind.JsonNode;

/// The product as a process of its own, one per JVM, with what an integrator does with it: everything goes through its public API.
public final class Product implements BeforeAllCallback {
    private static final Pattern READY = Pattern.compile("ready api=(\\S+) content=(\\S+)");
    private static final String ADMIN_KEY = "e2e-admin-key-of-this-test-run";
    private static final AtomicInteger CLIENTS = new AtomicInteger();

    private Running running;

    private record Running(ChildJvm server, URI origin, ApiClient api, Path folder)
            implements AutoCloseable {
        static Running start() {
            try {
                var folder = Files.createTempDirectory("coursewire-e2e");
                var server =
                        ChildJvm.start(
                                List.of(),
                                Map.of(
                                        "COURSEWIRE_ADMIN_KEY",
                                        ADMIN_KEY,
                                        "COURSEWIRE_ALLOW_TARGETS",
                                        "127.0.0.0/8"),
                                Main.class,
                                "serve",
                                "--port",
                                "0",
                                "--content-port",
                                "0",
                                "--data-dir",
                                folder.toString());
                var ready = READY.matcher(String.valueOf(server.nextLine()));
                if (!ready.matches()) {
                    throw new IllegalStateException(
                            "The server did not start; its standard error says why.");
                }
                var origin = URI.create(ready.group(1));
                return new Running(server, origin, new ApiClient(origin, ADMIN_KEY), folder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            stop();
            api.close();
            try (var files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
            }
        }

        private void stop() {
            try {
                server.terminate();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        running =
                context.getRoot()
                        .getStore(ExtensionContext.Namespace.create(Product.class))
                        .computeIfAbsent(Running.class, _ -> Running.start(), Running.class);
    }

    /// A new organization, untouched by other tests, with one participant.
    Organization organization() {
        var organization = new Organization(running.api(), "org-" + CLIENTS.incrementAndGet());
        organization.create();
        return organization;
    }

    /// An organization in the product.
    record Organization(ApiClient api, String id) {
        static final String PARTICIPANT = "sleyhane";

        private void create() {
            api.put("/clients/" + id, json("{'name': 'E2E', 'defaultLanguage': 'en'}"));
            api.put(
                    path("/users/" + PARTICIPANT),
                    json("{'firstName': 'Sean', 'lastName': 'Leyhane'}"));
        }

        /// Brings a package in; returns the answer.
        JsonNode bring(Path zip) throws IOException {
            return api.upload(path("/packages"), zip, "application/zip", _ -> {});
        }

        /// Subscribes to everything that happens to attempts.
        void tell(Subscriber subscriber) {
            var made =
                    api.post(
                            path("/webhooks"),
                            json(
                                    "{'url': '%s', 'events': ['attempt.started', 'attempt.updated', 'attempt.completed']}"
                                            .formatted(subscriber.url())));
            subscriber.secret(made.get("secret").asString());
        }

        /// A launch of the participant; `more` are further members of the request.
        Launch launch(String activityId, String more) {
            var made =
                    api.post(
                            path("/launches"),
                            json(
                                    "{'user': {'username': '%s'}, 'activity': {'id': '%s'}%s}"
                                            .formatted(PARTICIPANT, activityId, more)));
            return new Launch(
                    made.get("launchUrl").asString(), made.path("attemptId").asString(""));
        }

        byte[] attempt(String attemptId) {
            return api.getBytes(path("/attempts/" + attemptId));
        }

        private String path(String rest) {
            return "/clients/" + id + rest;
        }
    }

    record Launch(String url, String attemptId) {}

    /// The published form of an AttemptStatus.
    String schema() throws IOException {
        var url = running.origin().resolve("/schemas/attempt-status.json").toURL();
        try (var in = url.openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static JsonNode json(String singleQuoted) {
        return Json.MAPPER.readTree(singleQuoted.replace('\'', '"'));
    }
}
