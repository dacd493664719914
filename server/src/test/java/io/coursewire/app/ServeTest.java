package io.coursewire.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.ChildJvm;
import io.coursewire.Patience;
import io.coursewire.kernel.Json;
import io.coursewire.storage.embedded.PreparedFolder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `serve` as its operator knows it: a process.
@Tag("slow")
class ServeTest {
    private static final Pattern READY =
            Pattern.compile(
                    "ready api=(http://localhost:\\d+) content=(http://127\\.0\\.0\\.1:\\d+)");
    private static final String ADMIN_KEY = "an-admin-key-of-our-own";
    private static final Duration READY_MAX = Duration.ofSeconds(3);

    @TempDir Path folder;
    private final HttpClient http = HttpClient.newHttpClient();
    private ChildJvm node;
    private String api;
    private String content;

    @BeforeEach
    void prepare() throws IOException {
        PreparedFolder.copyTo(Files.createDirectory(folder.resolve("data")));
        PreparedFolder.copyTo(Files.createDirectory(folder.resolve("other")));
    }

    @AfterEach
    void stop() throws Exception {
        if (node != null) {
            node.terminate();
        }
        PreparedFolder.takeBack(folder.resolve("data"));
        PreparedFolder.takeBack(folder.resolve("other"));
    }

    @Test
    void it_says_where_it_listens_and_nothing_else_and_stops_when_told() throws Exception {
        start();
        assertThat(get(api + "/health/live").statusCode()).isEqualTo(200);
        assertThat(get(api + "/health/ready").body()).isEqualTo("{\"status\":\"ready\"}");
        assertThat(get(content + "/health/ready").statusCode()).isEqualTo(200);
        assertThat(node.terminate()).isZero();
        assertThat(node.nextLine()).isNull();
        assertThat(folder.resolve("data/database/data/postmaster.pid")).doesNotExist();
    }

    @Test
    void it_says_where_its_metrics_are_when_they_have_a_port() throws Exception {
        node = serve(Map.of(), "--port", "0", "--content-port", "0", "--metrics-port", "0");
        Matcher ready =
                Pattern.compile(READY + " metrics=(http://localhost:\\d+)")
                        .matcher(String.valueOf(node.nextLine()));
        assertThat(ready.matches()).isTrue();
        assertThat(get(ready.group(3) + "/metrics").body()).contains("coursewire_commits_queued");
    }

    @Test
    void without_a_collector_nothing_of_opentelemetry_is_loaded() throws Exception {
        Path loaded = folder.resolve("loaded");
        start(Map.of("JAVA_TOOL_OPTIONS", "-Xlog:class+load:file=" + loaded));
        assertThat(putClient().statusCode()).isEqualTo(201);
        assertThat(node.terminate()).isZero();
        assertThat(Files.readString(loaded))
                .contains("io.coursewire.app.tracing.NoTraces")
                .doesNotContain("io.opentelemetry");
    }

    @Test
    void after_a_stop_and_after_kill_9_it_is_soon_back_with_its_data() throws Exception {
        start();
        assertThat(putClient().statusCode()).isEqualTo(201);
        node.terminate();
        assertReadySoonWithData();
        node.kill();
        assertReadySoonWithData();
    }

    @Test
    void what_it_cannot_start_with_is_told_on_standard_error_with_an_exit_code() throws Exception {
        node = serve(Map.of(), "--prot", "0");
        assertThat(node.nextLine()).isNull();
        assertThat(node.endsWithin(60)).isTrue();
        assertThat(node.exitCode()).isEqualTo(2);
    }

    @Test
    void a_second_node_on_the_same_data_folder_is_refused() throws Exception {
        start();
        try (var second = serve(Map.of(), "--port", "0", "--content-port", "0")) {
            assertThat(second.nextLine()).isNull();
            assertThat(second.endsWithin(60)).isTrue();
            assertThat(second.exitCode()).isEqualTo(1);
        }
        assertThat(get(api + "/health/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void a_taken_port_is_refused_and_leaves_no_database_behind() throws Exception {
        start();
        String taken = Integer.toString(URI.create(api).getPort());
        var other =
                List.of(
                        "--data-dir",
                        folder.resolve("other").toString(),
                        "--port",
                        taken,
                        "--content-port",
                        "0");
        try (var second = serve(Map.of(), other.toArray(String[]::new))) {
            assertThat(second.endsWithin(120)).isTrue();
            assertThat(second.exitCode()).isEqualTo(1);
        }
        assertThat(folder.resolve("other/database/data/postmaster.pid")).doesNotExist();
    }

    private void assertReadySoonWithData() throws Exception {
        Duration soon = Patience.of(READY_MAX);
        Instant begin = Instant.now();
        start();
        assertThat(Duration.between(begin, Instant.now())).isLessThan(soon);
        var client = get(api + "/api/v1/clients/acme");
        assertThat(Json.MAPPER.readTree(client.body()).path("name").asString()).isEqualTo("Acme");
    }

    private void start() throws IOException {
        start(Map.of());
    }

    private void start(Map<String, String> more) throws IOException {
        var environment = new HashMap<>(more);
        environment.put("COURSEWIRE_ADMIN_KEY", ADMIN_KEY);
        node = serve(environment, "--port", "0", "--content-port", "0");
        String line = node.nextLine();
        Matcher ready = READY.matcher(String.valueOf(line));
        assertThat(ready.matches()).as(line).isTrue();
        api = ready.group(1);
        content = ready.group(2);
    }

    private ChildJvm serve(Map<String, String> environment, String... flags) throws IOException {
        var arguments = new java.util.ArrayList<>(List.of("serve"));
        if (!List.of(flags).contains("--data-dir")) {
            arguments.addAll(List.of("--data-dir", folder.resolve("data").toString()));
        }
        arguments.addAll(List.of(flags));
        return ChildJvm.start(List.of(), environment, Main.class, arguments.toArray(String[]::new));
    }

    private HttpResponse<String> putClient() throws Exception {
        var request =
                HttpRequest.newBuilder(URI.create(api + "/api/v1/clients/acme"))
                        .header("Authorization", "Bearer " + ADMIN_KEY)
                        .header("Content-Type", "application/json")
                        .PUT(
                                BodyPublishers.ofString(
                                        "{\"name\":\"Acme\",\"defaultLanguage\":\"en\"}"));
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String url) throws Exception {
        var request =
                HttpRequest.newBuilder(URI.create(url))
                        .header("Authorization", "Bearer " + ADMIN_KEY);
        return http.send(request.build(), BodyHandlers.ofString());
    }
}
