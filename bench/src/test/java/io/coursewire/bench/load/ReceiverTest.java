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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

class ReceiverTest {
    private static final String PARTICIPANT = "c657e081-37ca-4262-a17d-5a72f8960892";

    @Test
    void webhooks_of_another_client_are_told_by_participant_and_version()
            throws IOException, InterruptedException {
        var told = new CopyOnWriteArrayList<String>();
        try (var receiver =
                        Receiver.start(
                                (participant, version, bytes) ->
                                        told.add(participant + " " + version + " " + bytes));
                var http = HttpClient.newHttpClient()) {
            for (int version = 1; version <= 3; version++) {
                String body =
                        "{\"user\":{\"id\":\"%s\"},\"filler\":\"%s\"}"
                                .formatted(PARTICIPANT, "x".repeat(20_000 * version));
                var request =
                        HttpRequest.newBuilder(receiver.url())
                                .version(HttpClient.Version.HTTP_1_1)
                                .header("Coursewire-Attempt-Version", "" + version)
                                .POST(BodyPublishers.ofString(body));
                assertThat(http.send(request.build(), BodyHandlers.discarding()).statusCode())
                        .isEqualTo(204);
            }
        }
        int around = "{\"user\":{\"id\":\"\"},\"filler\":\"\"}".length() + PARTICIPANT.length();
        assertThat(told)
                .isEqualTo(
                        List.of(
                                PARTICIPANT + " 1 " + (around + 20_000),
                                PARTICIPANT + " 2 " + (around + 40_000),
                                PARTICIPANT + " 3 " + (around + 60_000)));
    }

    @ParameterizedTest
    @EnumSource
    void every_commit_is_one_request_with_json_of_the_length_that_it_declares(Standard standard) {
        for (int sequence = 1; sequence < 300; sequence++) {
            String request =
                    new String(
                            CommitRequest.write(
                                    "POST /x HTTP/1.1\r\n", standard, sequence, Instant.now()),
                            StandardCharsets.US_ASCII);
            String[] parts = request.split("\r\n\r\n", 2);
            assertThat(parts[0]).endsWith("Content-Length: " + parts[1].length());
            var commit = JsonMapper.shared().readTree(parts[1]).path("commits").path(0);
            assertThat(commit.path("sequence").asInt()).isEqualTo(sequence);
            var elements = commit.path("elements");
            switch (standard) {
                case SCORM_12 ->
                        assertThat(elements.path("cmi.core.session_time").asString())
                                .matches("\\d{4}:[0-5]\\d:[0-5]\\d.00");
                case SCORM_2004 ->
                        assertThat(elements.path("cmi.score.scaled").asString())
                                .matches("0\\.\\d\\d");
            }
        }
    }
}
