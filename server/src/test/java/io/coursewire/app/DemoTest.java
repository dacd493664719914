package io.coursewire.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.app.demo.Answered;
import io.coursewire.app.demo.PlayTwice;
import io.coursewire.app.demo.Rehearsal;
import io.coursewire.app.demo.Story;
import io.coursewire.app.remote.ApiClient;
import io.coursewire.kernel.Json;
import io.coursewire.webhooks.sending.WebhookSecret;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/// The bundled course from end to end on the real server: what the participant did is what subscribers hear.
class DemoTest {
    private static final DateTimeFormatter TO_THE_SECOND =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");

    // One folder for all: each test but the first is a demo that is run again on its data.
    @TempDir static Path folder;

    @Test
    void subscribers_hear_every_property_of_every_answer() throws Exception {
        var inbox = new Inbox(InstantSource.system());
        var story = new Story(new PrintWriter(new StringWriter()), false);
        try (var parts = new Parts();
                var receiver = Receiver.start(0, inbox);
                var http = HttpClient.newHttpClient()) {
            var server = DemoServer.start(folder, new DemoServer.Ports(0, 0), parts);
            var api = new ApiClient(URI.create(server.apiUrl()), server.adminKey());
            parts.add("client", api);
            var rehearsal = new Rehearsal(api);
            rehearsal.client();
            rehearsal.participant();
            var course = rehearsal.course(folder);
            assertThat(course.path("warnings").isEmpty()).as(course.toString()).isTrue();
            var webhook = rehearsal.webhook(URI.create("http://127.0.0.1:" + receiver.port()));
            receiver.verifying(new WebhookSecret(webhook.path("secret").asString()));
            var link = rehearsal.launch(course.at("/items/0/id").asString());

            var played = new PlayTwice(story, Clock.systemDefaultZone()).play(http, link);

            var completed =
                    inbox.await(a -> a.event().equals("attempt.completed"), Demo.PATIENCE)
                            .orElseThrow();
            assertThat(completed.webhook().verified()).isTrue();
            var told = Json.MAPPER.readTree(completed.webhook().body());
            assertThat(told.path("interactions").valueStream().map(DemoTest::properties))
                    .containsExactlyElementsOf(
                            played.answers().stream().map(DemoTest::properties).toList());
            assertThat(told.path("status").asString()).isEqualTo("passed");
            assertThat(told.path("scoreScaled").decimalValue()).isEqualByComparingTo("0.9");
            assertThat(told.path("durationSeconds").decimalValue())
                    .isEqualByComparingTo(played.durationSeconds());
            assertThat(events(inbox)).startsWith("attempt.started").contains("attempt.completed");
        }
    }

    @Test
    void once_ends_with_0_when_the_webhook_was_received_and_verified() {
        var out = new StringWriter();
        int exit =
                new CommandLine(new DemoCommand())
                        .setOut(new PrintWriter(out, true))
                        .execute("--once", "--data-dir", folder.toString());
        assertThat(exit).as(out.toString()).isZero();
        assertThat(out.toString()).contains("attempt.completed", "received, verified");
    }

    @Test
    void a_data_folder_that_is_a_file_is_told_in_a_sentence(@TempDir Path other)
            throws IOException {
        var out = new StringWriter();
        var file = Files.createFile(other.resolve("taken"));
        int exit =
                new CommandLine(new DemoCommand())
                        .setOut(new PrintWriter(out, true))
                        .execute("--once", "--data-dir", file.toString());
        assertThat(exit).isEqualTo(1);
        assertThat(out.toString())
                .contains("The data folder " + file + " cannot be used")
                .contains("is a file. Give Coursewire another --data-dir");
    }

    private static List<String> events(Inbox inbox) {
        return inbox.all().stream().map(Inbox.Arrival::event).toList();
    }

    private static List<Object> properties(JsonNode told) {
        return List.of(
                told.path("number").intValue(),
                told.path("id").stringValue(),
                told.path("questionType").stringValue(),
                told.path("description").isNull(),
                told.path("learnerResponse").stringValue(),
                told.path("correctResponse").asString("none"),
                told.path("result").stringValue(),
                told.path("weighting").toString(),
                told.path("latencySeconds").toString(),
                told.path("timestamp").stringValue());
    }

    private static List<Object> properties(Answered answered) {
        var question = answered.question();
        return List.of(
                answered.number(),
                question.id(),
                question.type(),
                true,
                answered.response(),
                question.correct().isEmpty() ? "none" : String.join(" || ", question.correct()),
                answered.result().equals("wrong") ? "incorrect" : answered.result(),
                question.weighting() + ".000",
                answered.latencySeconds().stripTrailingZeros().toPlainString(),
                TO_THE_SECOND.format(answered.at().withOffsetSameInstant(ZoneOffset.UTC)));
    }
}
