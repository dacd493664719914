package io.coursewire.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.app.Receiver.Received;
import io.coursewire.webhooks.sending.WebhookSecret;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReceiverTest {
    private static final String BODY = "{\"a\":1}";

    private final WebhookSecret secret = WebhookSecret.next();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final Receiver receiver;

    ReceiverTest() throws Exception {
        receiver = Receiver.start(0, received::add);
    }

    @AfterEach
    void stop() {
        receiver.close();
    }

    @Test
    void a_signed_webhook_is_verified_and_handed_on() throws Exception {
        receiver.verifying(secret);
        assertThat(post(secret)).isEqualTo(204);
        assertThat(received)
                .singleElement()
                .satisfies(
                        r -> {
                            assertThat(r.verified()).isTrue();
                            assertThat(r.header("webhook-id")).isEqualTo("msg_1");
                            assertThat(new String(r.body(), StandardCharsets.UTF_8))
                                    .isEqualTo(BODY);
                        });
    }

    @Test
    void a_webhook_of_another_secret_is_answered_401() throws Exception {
        receiver.verifying(secret);
        assertThat(post(WebhookSecret.next())).isEqualTo(401);
        assertThat(received)
                .singleElement()
                .satisfies(
                        r -> {
                            assertThat(r.verified()).isFalse();
                            assertThat(r.fault()).isPresent();
                        });
    }

    @Test
    void without_a_secret_everything_is_taken_and_nothing_called_verified() throws Exception {
        assertThat(post(secret)).isEqualTo(204);
        assertThat(received).extracting(Received::verified).containsExactly(false);
    }

    private int post(WebhookSecret signer) throws Exception {
        long now = Instant.now().getEpochSecond();
        var request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + receiver.port() + "/hook"))
                        .header("webhook-id", "msg_1")
                        .header("webhook-timestamp", Long.toString(now))
                        .header(
                                "webhook-signature",
                                signer.sign("msg_1", now, BODY.getBytes(StandardCharsets.UTF_8)))
                        .POST(BodyPublishers.ofString(BODY))
                        .build();
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.discarding()).statusCode();
        }
    }
}
