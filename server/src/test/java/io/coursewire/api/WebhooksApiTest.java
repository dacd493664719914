package io.coursewire.api;

import static io.coursewire.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.api.RunningApi.Reply;
import io.coursewire.api.TestApi.TestClient;
import io.coursewire.kernel.ActivityId;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.UserId;
import io.coursewire.kernel.Uuid;
import io.coursewire.storage.TestDatabase;
import io.coursewire.webhooks.DeliveryId;
import io.coursewire.webhooks.EndpointId;
import io.coursewire.webhooks.EventType;
import io.coursewire.webhooks.OrderingKey;
import io.coursewire.webhooks.Outbox;
import io.coursewire.webhooks.OutboxEvent;
import io.coursewire.webhooks.delivery.Deliver;
import io.coursewire.webhooks.delivery.HostileReceiver;
import io.coursewire.webhooks.sending.VerifySignature;
import io.coursewire.webhooks.sending.VerifySignature.SignatureHeaders;
import io.coursewire.webhooks.sending.WebhookPublicKey;
import io.coursewire.webhooks.sending.WebhookSecret;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Subscriptions and their delivery log over HTTP, with real deliveries behind them.
class WebhooksApiTest {
    @RegisterExtension static final TestDatabase db = TestDatabase.migrated();

    private static RunningApi api;
    private static Deliver deliver;
    private static Outbox outbox;

    private final HostileReceiver receiver = new HostileReceiver();
    private final TestClient client = TestApi.givenClient(api);

    @BeforeAll
    static void start() {
        var clock = Clock.systemUTC();
        deliver =
                new Deliver(db.jdbi(), TestWebhooks.STORE, TestWebhooks.courier(clock), clock)
                        .start();
        outbox = new Outbox(deliver.recentEvents(), deliver::wake);
        api = TestApi.over(db);
    }

    @AfterAll
    static void stop() {
        api.close();
        deliver.close();
    }

    @AfterEach
    void closeReceiver() {
        receiver.close();
    }

    @Test
    void a_webhook_is_made_with_a_secret_that_is_shown_once_and_masked_headers() {
        Reply made =
                create(
                        "\"events\":[\"*\"],\"headers\":{\"X-Api-Key\":\"hunter2\"},\"rawSignature\":{\"header\":\"X-Raw\"}");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.json().get("secret").asString()).startsWith("whsec_");
        assertThat(made.json().get("headers").get("x-api-key").asString()).isEqualTo("***");
        var read = api.get(client.key(), path(made)).json();
        assertThat(read.has("secret")).isFalse();
        assertThat(read.toString()).doesNotContain("hunter2");
        assertThat(read.get("enabled").asBoolean()).isTrue();
        assertThat(api.get(client.key(), client.path() + "/webhooks").json().get("items"))
                .hasSize(1);
        String stored =
                db.jdbi()
                        .withHandle(
                                h ->
                                        h.createQuery(
                                                        "SELECT encode(secrets, 'escape') FROM subscription WHERE client_id = :c")
                                                .bind("c", client.id())
                                                .mapTo(String.class)
                                                .one());
        assertThat(stored).doesNotContain("hunter2").doesNotContain("whsec_");
    }

    @Test
    void a_test_that_is_asked_for_twice_with_one_key_is_sent_once() {
        Reply made = create("\"events\":[\"*\"]");
        Reply first = testWithKey(made);
        Reply again = testWithKey(made);
        assertThat(first.status()).isEqualTo(202);
        assertThat(again.json()).isEqualTo(first.json());
        assertThat(receiver.requests()).hasSize(1);
        assertThat(deliveries(made, "").get(0).get("id")).isEqualTo(first.json().get("deliveryId"));
    }

    private Reply testWithKey(Reply made) {
        return api.send(
                client.key(),
                path(made) + "/tests",
                r ->
                        r.header("Content-Type", "application/json")
                                .header("Idempotency-Key", "test-1")
                                .POST(BodyPublishers.ofString("{}")));
    }

    @Test
    void a_test_arrives_signed_with_the_headers_asked_for_and_is_in_the_log() {
        Reply made =
                create(
                        "\"events\":[\"*\"],\"headers\":{\"X-Api-Key\":\"hunter2\"},\"rawSignature\":{\"header\":\"X-Raw\"}");
        Reply test = api.post(client.key(), path(made) + "/tests", "{}");
        assertThat(test.status()).isEqualTo(202);
        var request = receiver.requests().getFirst();
        var secret = new WebhookSecret(made.json().get("secret").asString());
        assertThat(verify(secret, request)).isEmpty();
        assertThat(request.header("x-api-key")).isEqualTo("hunter2");
        assertThat(request.header("x-raw")).isEqualTo(secret.signRaw(request.body()));
        assertThat(request.header("coursewire-event")).isEqualTo("webhook.test");
        assertThat(request.text()).contains("\"clientId\":\"" + client.id() + "\"");
        var line = deliveries(made, "").get(0);
        assertThat(line.get("id").asString()).isEqualTo(test.json().get("deliveryId").asString());
        assertThat(line.get("event").asString()).isEqualTo("webhook.test");
        assertThat(line.get("state").asString()).isEqualTo("delivered");
        assertThat(line.get("tries").get(0).get("statusCode").asInt()).isEqualTo(204);
    }

    @Test
    void what_needs_no_body_refuses_one_that_says_something() {
        Reply made = create("\"events\":[\"*\"]");
        var delivery = "/deliveries/" + new DeliveryId(Uuid.next(), EndpointId.next()).text();
        for (var path : List.of(path(made) + "/tests", client.path() + delivery + "/retries")) {
            Reply refused = api.post(client.key(), path, "{\"event\":\"attempt.updated\"}");
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.json().at("/errors/0/pointer").asString()).isEqualTo("/event");
        }
        assertThat(receiver.requests()).isEmpty();
        assertThat(api.post(client.key(), path(made) + "/tests", "").status()).isEqualTo(202);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://10.0.0.1/x|\"events\":[\"*\"]|/url|--allow-target 10.0.0.1/32",
                "http://user:pw@example.com/|\"events\":[\"*\"]|/url|credentials",
                "ftp://example.com/|\"events\":[\"*\"]|/url|https://",
                "http://2130706433/|\"events\":[\"*\"]|/url|four decimal numbers",
                "OK|\"events\":[]|/events|at least one",
                "OK|\"events\":[\"attempt.finished\"]|/events|is not an event",
                "OK|\"events\":[\"*\"],\"format\":\"xml\"|/format|one of",
                "OK|\"events\":[\"*\"],\"headers\":{\"Host\":\"x\"}|/headers|sets itself",
                "OK|\"events\":[\"*\"],\"headers\":{\"webhook-id\":\"x\"}|/headers|sets itself",
                "OK|\"events\":[\"*\"],\"headers\":{\"X-A\":\"a\\r\\nb: c\"}|/headers|on one line",
                "OK|\"events\":[\"*\"],\"headers\":{\"X A\":\"a\"}|/headers|not a header name",
                "OK|\"events\":[\"*\"],\"maxRequestsPerSecond\":0|/maxRequestsPerSecond|between",
                "OK|\"events\":[\"*\"],\"filter\":{\"statuses\":[\"done\"]}|/filter/statuses|done",
                "OK|\"events\":[\"*\"],\"filter\":{\"itemIds\":[\"x\"]}|/filter/itemIds|is no id",
                "OK|\"events\":[\"*\"],\"filter\":{\"activityIds\":[\"0e4936c1-82d5-49c5-89e7-3c784dfd1b35\"]}|/filter/activityIds|0e4936c1-82d5-49c5-89e7-3c784dfd1b35",
                "OK|\"events\":[\"*\"],\"filter\":{\"itemIds\":[\"0e4936c1-82d5-49c5-89e7-3c784dfd1b35\"]}|/filter/itemIds|of nothing of this client",
                "OK|\"events\":[\"*\"],\"oauth2\":{\"tokenUrl\":\"https://10.0.0.1/\",\"clientId\":\"a\",\"clientSecret\":\"b\"}|/oauth2/tokenUrl|--allow-target 10.0.0.1/32",
                "OK|\"events\":[\"*\"],\"oauth2\":{\"tokenUrl\":\"http://127.0.0.1/\",\"clientId\":\"a\"}|/oauth2/clientSecret|is required",
                "OK|\"events\":[\"*\"],\"headers\":{\"Authorization\":\"a\"},\"oauth2\":{\"tokenUrl\":\"http://127.0.0.1/\",\"clientId\":\"a\",\"clientSecret\":\"b\"}|/oauth2|cannot stand beside",
                "OK|\"events\":[\"*\"],\"clientCertificate\":{\"certificate\":\"a\",\"privateKey\":\"b\"}|/clientCertificate|in PEM",
                "OK|\"events\":[\"*\"],\"surprise\":1|/surprise|not a known field"
            })
    void a_request_that_cannot_be_met_says_which_field_and_why(
            String url, String rest, String pointer, String message) {
        Reply refused =
                api.post(
                        client.key(),
                        client.path() + "/webhooks",
                        "{\"url\":\"%s\",%s}"
                                .formatted(url.equals("OK") ? receiver.url() : url, rest));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().get("errors").toString()).contains(pointer).contains(message);
    }

    @Test
    void a_name_that_does_not_resolve_yet_is_accepted_with_a_warning() {
        Reply made =
                api.post(
                        client.key(),
                        client.path() + "/webhooks",
                        "{\"url\":\"https://nowhere.invalid/x\",\"events\":[\"*\"]}");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.json().get("warnings").toString()).contains("does not resolve");
    }

    @Test
    void a_filter_names_what_the_client_has_in_whatever_case() {
        var activity =
                api.post(
                                client.key(),
                                client.path() + "/activities",
                                """
                                {"title":"T","type":"course","externalId":"e","items":[{"title":"a","type":"event","externalId":"a"}]}
                                """)
                        .json()
                        .at("/activity/id")
                        .asString();
        var made =
                create(
                        "\"events\":[\"*\"],\"filter\":{\"activityIds\":[\"%s\"]}"
                                .formatted(activity.toUpperCase(Locale.ROOT)));
        assertThat(made.json().at("/filter/activityIds/0").asString()).isEqualTo(activity);
    }

    @Test
    void a_change_touches_only_what_it_names() {
        Reply made =
                create("\"events\":[\"*\"],\"description\":\"one\",\"maxRequestsPerSecond\":5");
        Reply changed =
                api.patch(
                        client.key(),
                        path(made),
                        "{\"events\":[\"attempt.completed\"],\"maxRequestsPerSecond\":null}");
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.json().get("description").asString()).isEqualTo("one");
        assertThat(changed.json().get("events").toString()).isEqualTo("[\"attempt.completed\"]");
        assertThat(changed.json().get("maxRequestsPerSecond").isNull()).isTrue();
        assertThat(api.patch(client.key(), path(made), "{\"url\":\"http://10.0.0.1/\"}").status())
                .isEqualTo(400);
        var unknown = "{\"filter\":{\"activityIds\":[\"0e4936c1-82d5-49c5-89e7-3c784dfd1b35\"]}}";
        assertThat(api.patch(client.key(), path(made), unknown).status()).isEqualTo(400);
        var off = api.patch(client.key(), path(made), "{\"enabled\":false}").json();
        assertThat(off.get("disabledReason").asString()).isEqualTo("switched off");
        assertThat(
                        api.patch(client.key(), path(made), "{\"enabled\":true}")
                                .json()
                                .get("disabledReason")
                                .isNull())
                .isTrue();
    }

    @Test
    void key_pairs_sign_when_asked_for_and_old_and_new_ones_while_a_rotation_overlaps() {
        Reply made = create("\"events\":[\"*\"],\"signatures\":[\"v1\",\"v1a\"]");
        var first = new WebhookPublicKey(made.json().get("publicKey").asString());
        var second =
                new WebhookPublicKey(
                        api.post(client.key(), path(made) + "/secret-rotations", "{}")
                                .json()
                                .get("publicKey")
                                .asString());
        assertThat(api.get(client.key(), path(made)).json().get("publicKey").asString())
                .isEqualTo(second.text());
        api.post(client.key(), path(made) + "/tests", "{}");
        var request = receiver.requests().getFirst();
        List<String> signatures = List.of(request.header("webhook-signature").split(" "));
        assertThat(signatures).hasSize(4);
        for (var key : List.of(first, second)) {
            assertThat(signatures)
                    .filteredOn(
                            s ->
                                    key.verifies(
                                            s,
                                            request.header("webhook-id"),
                                            Long.parseLong(request.header("webhook-timestamp")),
                                            request.body()))
                    .hasSize(1);
        }
        assertThat(create("\"events\":[\"*\"]").json().get("publicKey").isNull()).isTrue();
    }

    @Test
    void a_raw_signature_and_a_header_of_the_same_name_are_refused_also_by_a_change() {
        String raw = "\"rawSignature\":{\"header\":\"X-Raw\"}";
        Reply both =
                api.post(
                        client.key(),
                        client.path() + "/webhooks",
                        "{\"url\":\"%s\",\"events\":[\"*\"],\"headers\":{\"x-raw\":\"a\"},%s}"
                                .formatted(receiver.url(), raw));
        assertThat(both.status()).isEqualTo(400);
        Reply made = create("\"events\":[\"*\"]," + raw);
        Reply changed = api.patch(client.key(), path(made), "{\"headers\":{\"X-RAW\":\"a\"}}");
        assertThat(changed.status()).isEqualTo(400);
        assertThat(changed.json().get("errors").toString()).contains("/rawSignature/header");
    }

    @Test
    void credentials_are_kept_masked_and_taken_away_by_null() {
        String oauth2 =
                "\"oauth2\":{\"tokenUrl\":\"http://127.0.0.1:9/token\",\"clientId\":\"me\",\"clientSecret\":\"hunter2\",\"scope\":\"hooks\"}";
        Reply made = create("\"events\":[\"*\"]," + oauth2);
        var read = api.get(client.key(), path(made)).json();
        assertThat(read.toString()).doesNotContain("hunter2");
        assertThat(read.at("/oauth2/clientId").asString()).isEqualTo("me");
        assertThat(read.at("/oauth2/clientSecret").asString()).isEqualTo("***");
        var changed = api.patch(client.key(), path(made), "{\"description\":\"x\"}").json();
        assertThat(changed.at("/oauth2/scope").asString()).isEqualTo("hooks");
        var without = api.patch(client.key(), path(made), "{\"oauth2\":null}").json();
        assertThat(without.get("oauth2").isNull()).isTrue();
    }

    @Test
    void both_secrets_sign_while_a_rotation_overlaps() {
        Reply made = create("\"events\":[\"*\"]");
        var first = new WebhookSecret(made.json().get("secret").asString());
        var second =
                new WebhookSecret(
                        api.post(
                                        client.key(),
                                        path(made) + "/secret-rotations",
                                        "{\"overlapSeconds\":60}")
                                .json()
                                .get("secret")
                                .asString());
        api.post(client.key(), path(made) + "/tests", "{}");
        assertThat(verify(first, receiver.requests().getFirst())).isEmpty();
        assertThat(verify(second, receiver.requests().getFirst())).isEmpty();
        api.post(client.key(), path(made) + "/secret-rotations", "{\"overlapSeconds\":0}");
        api.post(client.key(), path(made) + "/tests", "{}");
        assertThat(verify(second, receiver.requests().get(1))).isPresent();
    }

    @Test
    void a_delivery_can_be_tried_again_as_often_as_asked() {
        Reply made = create("\"events\":[\"*\"]");
        append(1);
        await(() -> deliveries(made, "?state=delivered").size() == 1);
        String id = deliveries(made, "").get(0).get("id").asString();
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
                            deliveries(made, "?state=delivered").size() == 1
                                    && deliveries(made, "").get(0).get("tries").size() == tries);
        }
        assertThat(receiver.requests())
                .hasSize(4)
                .extracting(r -> r.header("webhook-id"))
                .containsOnly(deliveries(made, "").get(0).get("messageId").asString());
    }

    @Test
    void a_retry_ends_the_pause_that_the_endpoint_asked_for() {
        Reply made = create("\"events\":[\"*\"]");
        receiver.behave(HostileReceiver.status(503, "retry-after: 86400"));
        append(1);
        await(() -> !api.get(client.key(), path(made)).json().get("pausedUntil").isNull());
        await(() -> deliveries(made, "?state=pending").size() == 1);
        receiver.behave(HostileReceiver.status(204));
        String id = deliveries(made, "").get(0).get("id").asString();
        api.post(client.key(), client.path() + "/deliveries/" + id + "/retries", "{}");
        await(() -> deliveries(made, "?state=delivered").size() == 1);
        append(1);
        await(() -> deliveries(made, "?state=delivered").size() == 2);
    }

    @Test
    void a_retry_at_a_disabled_endpoint_is_refused_with_what_helps() {
        Reply made = create("\"events\":[\"*\"]");
        append(1);
        await(() -> deliveries(made, "?state=delivered").size() == 1);
        api.patch(client.key(), path(made), "{\"enabled\":false}");
        String id = deliveries(made, "").get(0).get("id").asString();
        Reply refused =
                api.post(client.key(), client.path() + "/deliveries/" + id + "/retries", "{}");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().get("detail").asString()).contains("{\"enabled\": true}");
        assertThat(deliveries(made, "").get(0).get("state").asString()).isEqualTo("delivered");
    }

    @Test
    void the_log_is_paged_and_filtered() {
        Reply made = create("\"events\":[\"*\"]");
        var attempt = append(7);
        await(() -> deliveries(made, "?state=delivered").size() == 7);
        var page = api.get(client.key(), path(made) + "/deliveries?limit=4").json();
        assertThat(page.get("items")).hasSize(4);
        var rest =
                api.get(
                                client.key(),
                                path(made)
                                        + "/deliveries?limit=4&cursor="
                                        + page.get("nextCursor").asString())
                        .json();
        assertThat(rest.get("items")).hasSize(3);
        assertThat(rest.get("nextCursor").isNull()).isTrue();
        assertThat(deliveries(made, "?attemptId=" + attempt)).hasSize(7);
        assertThat(deliveries(made, "?attemptId=" + UUID.randomUUID())).isEmpty();
        assertThat(deliveries(made, "?state=dead")).isEmpty();
        assertThat(deliveries(made, "?since=" + Instant.now().plusSeconds(60))).isEmpty();
    }

    @Test
    void what_waits_shows_when_it_is_tried_next_and_why_it_waits() {
        Reply made = create("\"events\":[\"*\"]");
        receiver.behave(HostileReceiver.body(500, "out of order"));
        append(1);
        await(() -> deliveries(made, "?state=pending").size() == 1);
        var line = deliveries(made, "").get(0);
        assertThat(line.get("nextTryAt").asString()).isNotBlank();
        assertThat(line.get("tries").get(0).get("responseBody").asString())
                .isEqualTo("out of order");
    }

    @Test
    void a_deleted_webhook_is_gone_and_another_clients_never_was() {
        Reply made = create("\"events\":[\"*\"]");
        var other = TestApi.givenClient(api);
        String foreign = other.path() + "/webhooks/" + made.json().get("id").asString();
        for (String path : List.of(foreign, foreign + "/deliveries")) {
            assertThat(api.get(other.key(), path).status()).isEqualTo(404);
        }
        assertThat(api.post(other.key(), foreign + "/tests", "{}").status()).isEqualTo(404);
        assertThat(api.post(other.key(), foreign + "/secret-rotations", "{}").status())
                .isEqualTo(404);
        assertThat(api.patch(other.key(), foreign, "{\"enabled\":false}").status()).isEqualTo(404);
        assertThat(api.delete(other.key(), foreign).status()).isEqualTo(404);
        assertThat(api.delete(client.key(), path(made)).status()).isEqualTo(204);
        assertThat(api.get(client.key(), path(made)).status()).isEqualTo(404);
        assertThat(api.delete(client.key(), path(made)).status()).isEqualTo(404);
    }

    private Reply create(String rest) {
        Reply made =
                api.post(
                        client.key(),
                        client.path() + "/webhooks",
                        "{\"url\":\"%s\",%s}".formatted(receiver.url(), rest));
        assertThat(made.status())
                .as(new String(made.response().body(), StandardCharsets.UTF_8))
                .isEqualTo(201);
        return made;
    }

    private String path(Reply made) {
        return client.path() + "/webhooks/" + made.json().get("id").asString();
    }

    private tools.jackson.databind.JsonNode deliveries(Reply made, String query) {
        return api.get(client.key(), path(made) + "/deliveries" + query).json().get("items");
    }

    private UUID append(int count) {
        var key = new OrderingKey(new ClientId(client.id()), UserId.next(), ActivityId.next());
        var attempt = Uuid.next();
        for (int version = 1; version <= count; version++) {
            var event =
                    new OutboxEvent(
                            Uuid.next(),
                            EventType.STARTED,
                            key,
                            Optional.of(attempt),
                            version,
                            Map.of(),
                            "{}".getBytes(StandardCharsets.UTF_8),
                            Instant.now());
            db.jdbi().useTransaction(h -> outbox.append(h, List.of(event)));
        }
        outbox.wake();
        return attempt;
    }

    private static Optional<String> verify(WebhookSecret secret, HostileReceiver.Request request) {
        return new VerifySignature(secret)
                .fault(
                        new SignatureHeaders(
                                request.header("webhook-id"),
                                request.header("webhook-timestamp"),
                                request.header("webhook-signature")),
                        request.body(),
                        Instant.now());
    }
}
