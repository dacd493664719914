package io.coursewire.api;

import static io.coursewire.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.api.RunningApi.Reply;
import io.coursewire.api.TestApi.TestClient;
import io.coursewire.storage.TestDatabase;
import io.coursewire.webhooks.delivery.HostileReceiver;
import io.coursewire.webhooks.sending.WebhookSecret;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Test webhooks, the delivery log and retries over HTTP, with real deliveries behind them.
class DeliveriesApiTest {
    @RegisterExtension static final TestDatabase db = TestDatabase.migrated();

    private static final RunningApi api = TestApi.over(db);
    private static final TestDelivery delivery = TestDelivery.over(db);

    private final HostileReceiver receiver = new HostileReceiver();
    private final TestClient client = TestApi.givenClient(api);
    private final ClientHooks hooks = new ClientHooks(api, client, receiver);

    @AfterEach
    void closeReceiver() {
        receiver.close();
    }

    @Test
    void a_test_that_is_asked_for_twice_with_one_key_is_sent_once() {
        Reply made = hooks.create();
        Reply first = testWithKey(made);
        Reply again = testWithKey(made);
        assertThat(first.status()).isEqualTo(202);
        assertThat(again.json()).isEqualTo(first.json());
        assertThat(receiver.requests()).hasSize(1);
        assertThat(hooks.deliveries(made, "").get(0).get("id"))
                .isEqualTo(first.json().get("deliveryId"));
    }

    private Reply testWithKey(Reply made) {
        return api.send(
                client.key(),
                hooks.path(made) + "/tests",
                r ->
                        r.header("Content-Type", "application/json")
                                .header("Idempotency-Key", "test-1")
                                .POST(BodyPublishers.ofString("{}")));
    }

    @Test
    void a_test_arrives_signed_with_the_headers_asked_for_and_is_in_the_log() {
        Reply made =
                hooks.create(
                        "\"events\":[\"*\"],\"headers\":{\"X-Api-Key\":\"hunter2\"},\"rawSignature\":{\"header\":\"X-Raw\"}");
        Reply test = api.post(client.key(), hooks.path(made) + "/tests", "{}");
        assertThat(test.status()).isEqualTo(202);
        var request = receiver.requests().getFirst();
        var secret = new WebhookSecret(made.json().get("secret").asString());
        assertThat(ClientHooks.verify(secret, request)).isEmpty();
        assertThat(request.header("x-api-key")).isEqualTo("hunter2");
        assertThat(request.header("x-raw")).isEqualTo(secret.signRaw(request.body()));
        assertThat(request.header("coursewire-event")).isEqualTo("webhook.test");
        assertThat(request.text()).contains("\"clientId\":\"" + client.id() + "\"");
        var line = hooks.deliveries(made, "").get(0);
        assertThat(line.get("id").asString()).isEqualTo(test.json().get("deliveryId").asString());
        assertThat(line.get("event").asString()).isEqualTo("webhook.test");
        assertThat(line.get("state").asString()).isEqualTo("delivered");
        assertThat(line.get("tries").get(0).get("statusCode").asInt()).isEqualTo(204);
    }

    @Test
    void a_delivery_can_be_tried_again_as_often_as_asked() {
        Reply made = hooks.create();
        delivery.append(client.id(), 1);
        await(() -> hooks.deliveries(made, "?state=delivered").size() == 1);
        String id = hooks.deliveries(made, "").get(0).get("id").asString();
        for (int retries = 1; retries <= 3; retries++) {
            int tries = retries + 1;
            assertThat(
                            api.post(
                                            client.key(),
                                            client.path() + "/deliveries/" + id + "/retries",
                                            "{}")
                                    .status())
                    .isEqualTo(202);
            await(
                    () ->
                            hooks.deliveries(made, "?state=delivered").size() == 1
                                    && hooks.deliveries(made, "").get(0).get("tries").size()
                                            == tries);
        }
        assertThat(receiver.requests())
                .hasSize(4)
                .extracting(r -> r.header("webhook-id"))
                .containsOnly(hooks.deliveries(made, "").get(0).get("messageId").asString());
    }

    @Test
    void a_retry_ends_the_pause_that_the_endpoint_asked_for() {
        Reply made = hooks.create();
        receiver.behave(HostileReceiver.status(503, "retry-after: 86400"));
        delivery.append(client.id(), 1);
        await(() -> !api.get(client.key(), hooks.path(made)).json().get("pausedUntil").isNull());
        await(() -> hooks.deliveries(made, "?state=pending").size() == 1);
        receiver.behave(HostileReceiver.status(204));
        String id = hooks.deliveries(made, "").get(0).get("id").asString();
        api.post(client.key(), client.path() + "/deliveries/" + id + "/retries", "{}");
        await(() -> hooks.deliveries(made, "?state=delivered").size() == 1);
        delivery.append(client.id(), 1);
        await(() -> hooks.deliveries(made, "?state=delivered").size() == 2);
    }

    @Test
    void a_retry_at_a_disabled_endpoint_is_refused_with_what_helps() {
        Reply made = hooks.create();
        delivery.append(client.id(), 1);
        await(() -> hooks.deliveries(made, "?state=delivered").size() == 1);
        api.patch(client.key(), hooks.path(made), "{\"enabled\":false}");
        String id = hooks.deliveries(made, "").get(0).get("id").asString();
        Reply refused =
                api.post(client.key(), client.path() + "/deliveries/" + id + "/retries", "{}");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().get("detail").asString()).contains("{\"enabled\": true}");
        assertThat(hooks.deliveries(made, "").get(0).get("state").asString())
                .isEqualTo("delivered");
    }

    @Test
    void the_log_is_paged_and_filtered() {
        Reply made = hooks.create();
        var attempt = delivery.append(client.id(), 7);
        await(() -> hooks.deliveries(made, "?state=delivered").size() == 7);
        var page = api.get(client.key(), hooks.path(made) + "/deliveries?limit=4").json();
        assertThat(page.get("items")).hasSize(4);
        var rest =
                api.get(
                                client.key(),
                                hooks.path(made)
                                        + "/deliveries?limit=4&cursor="
                                        + page.get("nextCursor").asString())
                        .json();
        assertThat(rest.get("items")).hasSize(3);
        assertThat(rest.get("nextCursor").isNull()).isTrue();
        assertThat(hooks.deliveries(made, "?attemptId=" + attempt)).hasSize(7);
        assertThat(hooks.deliveries(made, "?attemptId=" + UUID.randomUUID())).isEmpty();
        assertThat(hooks.deliveries(made, "?state=dead")).isEmpty();
        assertThat(hooks.deliveries(made, "?since=" + Instant.now().plusSeconds(60))).isEmpty();
        assertThat(hooks.deliveries(made, "?since=0001-01-01T00:00:00Z")).hasSize(7);
    }

    @Test
    void what_waits_shows_when_it_is_tried_next_and_why_it_waits() {
        Reply made = hooks.create();
        receiver.behave(HostileReceiver.body(500, "out of order"));
        delivery.append(client.id(), 1);
        await(() -> hooks.deliveries(made, "?state=pending").size() == 1);
        var line = hooks.deliveries(made, "").get(0);
        assertThat(line.get("nextTryAt").asString()).isNotBlank();
        assertThat(line.get("tries").get(0).get("responseBody").asString())
                .isEqualTo("out of order");
    }
}
