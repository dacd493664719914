package io.coursewire.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.coursewire.app.settings.Endpoints;
import io.coursewire.app.settings.Settings;
import io.coursewire.kernel.SecretKey;
import io.coursewire.storage.TestDatabase;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/// A server whose courses are on an origin per client, and ids that cannot be in a host's name.
class OriginPerClientTest {
    @RegisterExtension static final TestDatabase database = TestDatabase.migrated();
    private static final Logger LOG = (Logger) LoggerFactory.getLogger(Courses.class);
    private static final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @TempDir static Path folder;
    static Coursewire server;
    static String adminKey;

    @BeforeAll
    static void start() {
        for (var id : List.of("a_b", "acme", "_operator")) {
            database.jdbi()
                    .useHandle(
                            h ->
                                    h.execute(
                                            "INSERT INTO client (client_id, name, default_language, return_origins, settings, created_at, updated_at) VALUES (?, 'x', 'en', '{}', '{}', now(), now())",
                                            id));
        }
        lines.start();
        LOG.addAppender(lines);
        var endpoints =
                new Endpoints(
                        "127.0.0.1",
                        0,
                        0,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("http://{client}.courses.example"));
        server =
                Coursewire.start(
                        Settings.of(endpoints, folder, List.of()),
                        database.database(),
                        SecretKey.of(SecretKey.random()));
        adminKey = server.apiKeys().makeFirstAdminKey().orElseThrow();
    }

    @AfterAll
    static void stop() {
        LOG.detachAppender(lines);
        server.close();
    }

    @Test
    void those_that_are_there_are_told_of_at_the_start() {
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .singleElement()
                .asString()
                .contains("the client a_b lead nowhere");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-", "c_d", "acme-", "_"})
    void no_other_is_made(String id) throws Exception {
        var refused = put(id);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("part of a host's name");
        assertThat(put("x".repeat(64)).statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a_b", "_operator"})
    void those_that_are_there_may_be_changed(String id) throws Exception {
        assertThat(put(id).statusCode()).isEqualTo(200);
    }

    @Test
    void an_id_that_can_be_a_host_s_is_taken() throws Exception {
        assertThat(put("company-2").statusCode()).isEqualTo(201);
        assertThat(put("x".repeat(63)).statusCode()).isEqualTo(201);
    }

    private static HttpResponse<String> put(String id) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create(server.apiUrl() + "/api/v1/clients/" + id))
                            .header("Content-Type", "application/json")
                            .header("Authorization", "Bearer " + adminKey)
                            .PUT(
                                    BodyPublishers.ofString(
                                            "{\"name\":\"x\",\"defaultLanguage\":\"en\"}"))
                            .build(),
                    BodyHandlers.ofString());
        }
    }
}
