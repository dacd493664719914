package io.coursewire.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ReceiverTest {
    private static final String ATTEMPT = "c657e081-37ca-4262-a17d-5a72f8960892";

    @Test
    void webhooks_of_another_client_are_told_by_attempt_and_version()
            throws IOException, InterruptedException {
        var told = new CopyOnWriteArrayList<String>();
        try (var receiver =
                        Receiver.start(
                                (attempt, version, bytes) ->
                                        told.add(attempt + " " + version + " " + bytes));
                var http = HttpClient.newHttpClient()) {
            for (int version = 1; version <= 3; version++) {
                String body =
                        "{\"attemptId\":\"%s\",\"filler\":\"%s\"}"
                                .formatted(ATTEMPT, "x".repeat(20_000 * version));
                var request =
                        HttpRequest.newBuilder(receiver.url())
                                .version(HttpClient.Version.HTTP_1_1)
                                .header("Coursewire-Attempt-Version", "" + version)
                                .POST(BodyPublishers.ofString(body));
                assertThat(http.send(request.build(), BodyHandlers.discarding()).statusCode())
                        .isEqualTo(204);
            }
        }
        int around = "{\"attemptId\":\"\",\"filler\":\"\"}".length() + ATTEMPT.length();
        assertThat(told)
                .isEqualTo(
                        List.of(
                                ATTEMPT + " 1 " + (around + 20_000),
                                ATTEMPT + " 2 " + (around + 40_000),
                                ATTEMPT + " 3 " + (around + 60_000)));
    }

    @Test
    void every_commit_is_one_request_with_json_of_the_length_that_it_declares() {
        for (int sequence = 1; sequence < 300; sequence++) {
            String request =
                    new String(
                            CommitRequest.write(
                                    "POST /x HTTP/1.1\r\n", "mark", sequence, Instant.now()),
                            StandardCharsets.US_ASCII);
            String[] parts = request.split("\r\n\r\n", 2);
            assertThat(parts[0])
                    .contains("bench-mark: mark")
                    .endsWith("Content-Length: " + parts[1].length());
            var commit = JsonMapper.shared().readTree(parts[1]).path("commits").path(0);
            assertThat(commit.path("sequence").asInt()).isEqualTo(sequence);
            assertThat(commit.path("elements").path("cmi.core.session_time").asString())
                    .matches("\\d{4}:[0-5]\\d:[0-5]\\d.00");
        }
    }
}
