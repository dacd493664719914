package io.coursewire.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.kernel.ActivityId;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.UserId;
import io.coursewire.kernel.Uuid;
import io.coursewire.webhooks.sending.WebhookRequest;
import io.coursewire.webhooks.sending.WebhookSecret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The examples of the guide for receivers verify the webhooks that are sent, and nothing else. An example whose
/// language is not installed here is skipped.
class ReceiverExamplesTest {
    private static final Path GUIDES =
            Path.of("").toAbsolutePath().getParent().resolve("docs/guides");
    private static final byte[] BODY =
            "{\"status\":\"passed\",\"title\":\"Übung 漢字\"}".getBytes(StandardCharsets.UTF_8);
    private static final Duration TOO_LONG_AGO = Duration.ofSeconds(301);
    private static final Duration TOO_FAR_AHEAD = Duration.ofHours(1);

    @TempDir private Path folder;

    private final Instant now = Instant.now();
    private final OutboxEvent event =
            new OutboxEvent(
                    Uuid.next(),
                    EventType.COMPLETED,
                    new OrderingKey(new ClientId("company"), UserId.next(), ActivityId.next()),
                    Optional.of(Uuid.next()),
                    7,
                    Map.of(),
                    BODY,
                    now);
    private final Subscription webhook =
            GivenSubscription.of(
                    new ClientId("company"),
                    GivenSubscription.settings("https://receiver.example/", Optional.empty()));

    enum Example {
        JAVASCRIPT("", "node verify.js"),
        PYTHON("", "python3 verify.py"),
        JAVA("", Path.of(System.getProperty("java.home"), "bin", "java") + " Verify.java"),
        PHP("", "php verify.php"),
        GO("go build -o FOLDER/verify verify.go", "FOLDER/verify"),
        // .NET is not in the system's packages; Mono runs the same source.
        CSHARP("mcs -out:FOLDER/Verify.exe Verify.cs", "mono FOLDER/Verify.exe");

        final String build;
        final String run;

        Example(String build, String run) {
            this.build = build;
            this.run = run;
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_example_verifies_what_is_sent_and_refuses_the_rest(Example example) throws Exception {
        if (!example.build.isEmpty()) {
            assertThat(process(example.build, List.of(), BODY)).isEmpty();
        }
        String secret = webhook.secrets().current().text();
        WebhookRequest sent = compose(webhook, now);
        assertThat(run(example, secret, sent)).isEqualTo("verified");

        var replaced = webhook.secrets().rotated(now, now.plusSeconds(60));
        WebhookRequest both = compose(webhook.with(replaced, now), now);
        assertThat(both.headers().get("webhook-signature")).contains(" v1,").contains(" v1a,");
        assertThat(run(example, secret, both)).isEqualTo("verified");
        assertThat(run(example, replaced.current().text(), both)).isEqualTo("verified");

        assertThat(run(example, secret, with(sent, Arrays.copyOf(BODY, BODY.length - 1))))
                .startsWith("refused");
        assertThat(run(example, secret, compose(webhook, now.minus(TOO_LONG_AGO))))
                .startsWith("refused");
        assertThat(run(example, secret, compose(webhook, now.plus(TOO_FAR_AHEAD))))
                .startsWith("refused");
        assertThat(run(example, secret, sent.with("webhook-timestamp", "now")))
                .startsWith("refused");
        assertThat(run(example, secret, sent.with("webhook-id", "another"))).startsWith("refused");
        assertThat(run(example, secret, sent.with("webhook-signature", ""))).startsWith("refused");
        assertThat(run(example, WebhookSecret.next().text(), sent)).startsWith("refused");
    }

    @Test
    void the_example_for_public_keys_verifies_too() throws Exception {
        String key = webhook.secrets().publicKey().text();
        WebhookRequest sent = compose(webhook, now);
        assertThat(sent.headers().get("webhook-signature")).contains("v1a,");
        assertThat(run(Example.JAVASCRIPT, key, sent)).isEqualTo("verified");
        assertThat(run(Example.JAVASCRIPT, key, sent.with("webhook-id", "another")))
                .startsWith("refused");
    }

    @Test
    void the_vector_of_the_guide_is_right() throws Exception {
        String guide = Files.readString(GUIDES.resolve("receive-a-webhook.md"));
        var vector = new WebhookSecret("whsec_AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=");
        String id = "019ab4d2-0000-7000-8000-000000000001";
        String body =
                "{\"attemptId\":\"c657e081-37ca-4262-a17d-5a72f8960892\",\"status\":\"passed\",\"title\":\"Übung\"}";
        assertThat(guide).contains(vector.text(), id, "1795521600", body);
        assertThat(guide)
                .contains(vector.sign(id, 1_795_521_600, body.getBytes(StandardCharsets.UTF_8)));
    }

    private WebhookRequest compose(Subscription subscription, Instant at) {
        var signed = subscription.with(bothSignatures(subscription.settings()), at);
        return new ComposeRequest(() -> "https://lms.example").compose(signed, event, at);
    }

    private static SubscriptionSettings bothSignatures(SubscriptionSettings settings) {
        return new SubscriptionSettings(
                settings.url(),
                settings.description(),
                settings.events(),
                settings.format(),
                settings.filter(),
                Set.of("v1", "v1a"),
                settings.rawSignatureHeader(),
                settings.maxRequestsPerSecond());
    }

    private static WebhookRequest with(WebhookRequest request, byte[] body) {
        return new WebhookRequest(
                request.url(), request.headers(), body, request.pool(), request.certificate());
    }

    private String run(Example example, String key, WebhookRequest request) throws Exception {
        var headers = request.headers();
        var arguments =
                List.of(
                        key,
                        headers.get("webhook-id"),
                        headers.get("webhook-timestamp"),
                        headers.get("webhook-signature"));
        return process(example.run, arguments, request.body());
    }

    private String process(String command, List<String> arguments, byte[] body) throws Exception {
        Path in = Files.write(folder.resolve("body"), body);
        Path out = folder.resolve("out");
        List<String> words =
                new ArrayList<>(List.of(command.replace("FOLDER", folder.toString()).split(" ")));
        words.addAll(arguments);
        try {
            new ProcessBuilder(words)
                    .directory(GUIDES.resolve("receivers").toFile())
                    .redirectInput(in.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            Assumptions.abort(words.getFirst() + " is not installed here: " + e.getMessage());
        }
        return Files.readString(out).strip();
    }
}
