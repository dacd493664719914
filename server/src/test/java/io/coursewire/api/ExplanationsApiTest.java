package io.coursewire.api;

import static io.coursewire.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.api.RunningApi.Reply;
import io.coursewire.api.TestApi.TestClient;
import io.coursewire.kernel.ActivityId;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.Json;
import io.coursewire.kernel.UserId;
import io.coursewire.storage.TestDatabase;
import io.coursewire.webhooks.OrderingKey;
import io.coursewire.webhooks.OutboxEvent;
import io.coursewire.webhooks.delivery.HostileReceiver;
import io.coursewire.webhooks.delivery.Scene;
import io.coursewire.webhooks.sending.SigningKeyPair;
import io.coursewire.webhooks.sending.WebhookSecret;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/// What a subscriber is told who wonders why: about an event, and about a signature.
class ExplanationsApiTest {
    @RegisterExtension static final TestDatabase db = TestDatabase.migrated();

    private static final RunningApi api = TestApi.over(db);
    private static final TestDelivery delivery = TestDelivery.over(db);

    private final HostileReceiver receiver = new HostileReceiver();
    private final TestClient client = TestApi.givenClient(api);

    @AfterEach
    void closeReceiver() {
        receiver.close();
    }

    @Test
    void an_event_is_explained_for_every_webhook() {
        String wants = webhook("\"events\":[\"*\"]");
        webhook("\"events\":[\"attempt.completed\"]");
        OutboxEvent event = delivered();
        String path = client.path() + "/events/" + event.id() + "/explanation";
        var explained = api.get(client.key(), path).json();
        assertThat(explained.get("fannedOut").asBoolean()).isTrue();
        assertThat(explained.get("webhooks")).hasSize(2);
        assertThat(explained.get("webhooks").get(0).get("webhookId").asString()).isEqualTo(wants);
        assertThat(explained.get("webhooks").get(0).get("reason").asString())
                .isEqualTo("delivered");
        assertThat(explained.get("webhooks").get(1).get("reason").asString())
                .isEqualTo("not-subscribed");
        assertThat(
                        api.get(
                                        client.key(),
                                        client.path()
                                                + "/events/"
                                                + UUID.randomUUID()
                                                + "/explanation")
                                .status())
                .isEqualTo(404);
    }

    @Test
    void what_arrived_verifies_and_tells_by_which_secret() {
        String webhook = webhook("\"events\":[\"*\"]");
        delivered();
        var request = receiver.requests().getFirst();
        var checked = check(webhook, request.headers(), request.text());
        assertThat(checked.get("valid").asBoolean()).isTrue();
        assertThat(checked.get("kind").asString()).isEqualTo("v1");
        assertThat(checked.get("key").asString()).isEqualTo("the one in use");
        assertThat(checked.get("findings")).isEmpty();
        api.post(client.key(), client.path() + "/webhooks/" + webhook + "/secret-rotations", "{}");
        assertThat(check(webhook, request.headers(), request.text()).get("key").asString())
                .contains("the one before");
    }

    @Test
    void the_checker_knows_key_pairs_and_the_raw_header() {
        String raw =
                webhook(
                        "\"events\":[\"*\"],\"signatures\":[\"v1a\"],\"rawSignature\":{\"header\":\"X-Raw\"}");
        delivered();
        var request = receiver.requests().getFirst();
        assertThat(check(raw, request.headers(), request.text()).get("kind").asString())
                .isEqualTo("v1a");
        assertThat(
                        check(raw, Map.of("X-Raw", request.header("x-raw")), request.text())
                                .get("kind")
                                .asString())
                .isEqualTo("raw");
    }

    @Test
    void what_differs_is_told() {
        String webhook = webhook("\"events\":[\"*\"]");
        String other = webhook("\"events\":[\"attempt.completed\"]");
        delivered();
        var request = receiver.requests().getFirst();
        var headers = request.headers();
        assertThat(findings(webhook, headers, request.text() + "\n"))
                .contains("without the line end that was added");
        assertThat(findings(webhook, headers, request.text().replace(":", ": ")))
                .contains("same JSON in other bytes");
        assertThat(findings(webhook, headers, request.text().replace("version\":1", "version\":2")))
                .contains("sent was")
                .doesNotContain("same JSON");
        assertThat(findings(webhook, Map.of(), request.text()))
                .contains("webhook-id is missing", "webhook-signature is missing");
        assertThat(findings(other, headers, request.text()))
                .contains("another webhook, " + webhook);
        long old = Instant.now().getEpochSecond() - 1_000;
        assertThat(
                        findings(
                                webhook,
                                Map.of(
                                        "webhook-id",
                                        "x",
                                        "webhook-timestamp",
                                        Long.toString(old),
                                        "webhook-signature",
                                        WebhookSecret.next().sign("x", old, new byte[0])
                                                + " "
                                                + SigningKeyPair.next()
                                                        .sign("x", old, new byte[0])),
                                ""))
                .contains("s ago", "No signature is of a secret");
    }

    private String findings(String webhook, Map<String, String> headers, String body) {
        var checked = check(webhook, headers, body);
        assertThat(checked.get("valid").asBoolean()).isFalse();
        return checked.get("findings").toString();
    }

    private JsonNode check(String webhook, Map<String, String> headers, String body) {
        var request = Json.MAPPER.createObjectNode().put("body", body);
        var given = request.putObject("headers");
        headers.forEach(given::put);
        Reply reply =
                api.post(
                        client.key(),
                        client.path() + "/webhooks/" + webhook + "/signature-checks",
                        request.toString());
        assertThat(reply.status()).isEqualTo(200);
        return reply.json();
    }

    private OutboxEvent delivered() {
        var key = new OrderingKey(new ClientId(client.id()), UserId.next(), ActivityId.next());
        OutboxEvent event = Scene.started(key);
        delivery.append(event);
        String path = client.path() + "/events/" + event.id() + "/explanation";
        await(
                () ->
                        api.get(client.key(), path)
                                .json()
                                .get("webhooks")
                                .toString()
                                .contains("\"delivered\""));
        return event;
    }

    private String webhook(String rest) {
        return api.post(
                        client.key(),
                        client.path() + "/webhooks",
                        "{\"url\":\"%s\",%s}".formatted(receiver.url(), rest))
                .json()
                .get("id")
                .asString();
    }
}
