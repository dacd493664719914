package io.coursewire.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.api.RunningApi.Reply;
import io.coursewire.api.TestApi.TestClient;
import io.coursewire.kernel.Uuid;
import io.coursewire.storage.TestDatabase;
import io.coursewire.webhooks.DeliveryId;
import io.coursewire.webhooks.EndpointId;
import io.coursewire.webhooks.delivery.HostileReceiver;
import io.coursewire.webhooks.sending.WebhookPublicKey;
import io.coursewire.webhooks.sending.WebhookSecret;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Subscriptions over HTTP, and what they sign with.
class WebhooksApiTest {
    @RegisterExtension static final TestDatabase db = TestDatabase.migrated();

    private static final RunningApi api = TestApi.over(db);

    private final HostileReceiver receiver = new HostileReceiver();
    private final TestClient client = TestApi.givenClient(api);
    private final ClientHooks hooks = new ClientHooks(api, client, receiver);

    @AfterEach
    void closeReceiver() {
        receiver.close();
    }

    @Test
    void a_webhook_is_made_with_a_secret_that_is_shown_once_and_masked_headers() {
        Reply made =
                hooks.create(
                        "\"events\":[\"*\"],\"headers\":{\"X-Api-Key\":\"hunter2\"},\"rawSignature\":{\"header\":\"X-Raw\"}");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.json().get("secret").asString()).startsWith("whsec_");
        assertThat(made.json().get("headers").get("x-api-key").asString()).isEqualTo("***");
        var read = api.get(client.key(), hooks.path(made)).json();
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
    void what_needs_no_body_refuses_one_that_says_something() {
        Reply made = hooks.create();
        var delivery = "/deliveries/" + new DeliveryId(Uuid.next(), EndpointId.next()).text();
        for (var path :
                List.of(hooks.path(made) + "/tests", client.path() + delivery + "/retries")) {
            Reply refused = api.post(client.key(), path, "{\"event\":\"attempt.updated\"}");
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.json().at("/errors/0/pointer").asString()).isEqualTo("/event");
        }
        assertThat(receiver.requests()).isEmpty();
        assertThat(api.post(client.key(), hooks.path(made) + "/tests", "").status()).isEqualTo(202);
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
                hooks.create(
                        "\"events\":[\"*\"],\"filter\":{\"activityIds\":[\"%s\"]}"
                                .formatted(activity.toUpperCase(Locale.ROOT)));
        assertThat(made.json().at("/filter/activityIds/0").asString()).isEqualTo(activity);
    }

    @Test
    void a_change_touches_only_what_it_names() {
        Reply made =
                hooks.create(
                        "\"events\":[\"*\"],\"description\":\"one\",\"maxRequestsPerSecond\":5");
        Reply changed =
                api.patch(
                        client.key(),
                        hooks.path(made),
                        "{\"events\":[\"attempt.completed\"],\"maxRequestsPerSecond\":null}");
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.json().get("description").asString()).isEqualTo("one");
        assertThat(changed.json().get("events").toString()).isEqualTo("[\"attempt.completed\"]");
        assertThat(changed.json().get("maxRequestsPerSecond").isNull()).isTrue();
        assertThat(
                        api.patch(client.key(), hooks.path(made), "{\"url\":\"http://10.0.0.1/\"}")
                                .status())
                .isEqualTo(400);
        var unknown = "{\"filter\":{\"activityIds\":[\"0e4936c1-82d5-49c5-89e7-3c784dfd1b35\"]}}";
        assertThat(api.patch(client.key(), hooks.path(made), unknown).status()).isEqualTo(400);
        var off = api.patch(client.key(), hooks.path(made), "{\"enabled\":false}").json();
        assertThat(off.get("disabledReason").asString()).isEqualTo("switched off");
        assertThat(
                        api.patch(client.key(), hooks.path(made), "{\"enabled\":true}")
                                .json()
                                .get("disabledReason")
                                .isNull())
                .isTrue();
    }

    @Test
    void key_pairs_sign_when_asked_for_and_old_and_new_ones_while_a_rotation_overlaps() {
        Reply made = hooks.create("\"events\":[\"*\"],\"signatures\":[\"v1\",\"v1a\"]");
        var first = new WebhookPublicKey(made.json().get("publicKey").asString());
        var second =
                new WebhookPublicKey(
                        api.post(client.key(), hooks.path(made) + "/secret-rotations", "{}")
                                .json()
                                .get("publicKey")
                                .asString());
        assertThat(api.get(client.key(), hooks.path(made)).json().get("publicKey").asString())
                .isEqualTo(second.text());
        api.post(client.key(), hooks.path(made) + "/tests", "{}");
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
        assertThat(hooks.create().json().get("publicKey").isNull()).isTrue();
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
        Reply made = hooks.create("\"events\":[\"*\"]," + raw);
        Reply changed =
                api.patch(client.key(), hooks.path(made), "{\"headers\":{\"X-RAW\":\"a\"}}");
        assertThat(changed.status()).isEqualTo(400);
        assertThat(changed.json().get("errors").toString()).contains("/rawSignature/header");
    }

    @Test
    void credentials_are_kept_masked_and_taken_away_by_null() {
        String oauth2 =
                "\"oauth2\":{\"tokenUrl\":\"http://127.0.0.1:9/token\",\"clientId\":\"me\",\"clientSecret\":\"hunter2\",\"scope\":\"hooks\"}";
        Reply made = hooks.create("\"events\":[\"*\"]," + oauth2);
        var read = api.get(client.key(), hooks.path(made)).json();
        assertThat(read.toString()).doesNotContain("hunter2");
        assertThat(read.at("/oauth2/clientId").asString()).isEqualTo("me");
        assertThat(read.at("/oauth2/clientSecret").asString()).isEqualTo("***");
        var changed = api.patch(client.key(), hooks.path(made), "{\"description\":\"x\"}").json();
        assertThat(changed.at("/oauth2/scope").asString()).isEqualTo("hooks");
        var without = api.patch(client.key(), hooks.path(made), "{\"oauth2\":null}").json();
        assertThat(without.get("oauth2").isNull()).isTrue();
    }

    @Test
    void a_mask_that_comes_back_keeps_the_stored_value() {
        Reply made =
                hooks.create(
                        "\"events\":[\"*\"],\"headers\":{\"Authorization\":\"Basic hunter2\"}");
        Reply changed =
                api.patch(
                        client.key(),
                        hooks.path(made),
                        "{\"headers\":{\"authorization\":\"***\",\"x-new\":\"1\"}}");
        assertThat(changed.status()).isEqualTo(200);
        api.post(client.key(), hooks.path(made) + "/tests", "{}");
        var request = receiver.requests().getFirst();
        assertThat(request.header("authorization")).isEqualTo("Basic hunter2");
        assertThat(request.header("x-new")).isEqualTo("1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"headers\":{\"x-other\":\"***\"}}|/headers/x-other",
                "{\"oauth2\":{\"tokenUrl\":\"http://127.0.0.1/\",\"clientId\":\"a\",\"clientSecret\":\"***\"}}|/oauth2/clientSecret",
                "{\"clientCertificate\":{\"certificate\":\"a\",\"privateKey\":\"***\"}}|/clientCertificate/privateKey",
                "{\"events\":[]}|/events",
                "{\"signatures\":[]}|/signatures"
            })
    void a_mask_of_nothing_and_an_empty_list_are_refused(String change, String pointer) {
        Reply made = hooks.create("\"events\":[\"*\"],\"headers\":{\"x-a\":\"1\"}");
        Reply refused = api.patch(client.key(), hooks.path(made), change);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().at("/errors/0/pointer").asString()).isEqualTo(pointer);
    }

    @Test
    void null_takes_filter_and_headers_away() {
        Reply made =
                hooks.create(
                        "\"events\":[\"*\"],\"headers\":{\"x-a\":\"1\"},\"filter\":{\"statuses\":[\"passed\"]}");
        assertThat(made.json().get("filter")).isNotEmpty();
        var changed =
                api.patch(client.key(), hooks.path(made), "{\"filter\":null,\"headers\":null}")
                        .json();
        assertThat(changed.get("filter")).isEmpty();
        assertThat(changed.get("headers")).isEmpty();
    }

    @Test
    void a_secret_is_rotated_without_a_word_too() {
        var rotated =
                api.send(
                        client.key(),
                        hooks.path(hooks.create()) + "/secret-rotations",
                        request -> request.POST(BodyPublishers.noBody()));
        assertThat(rotated.status()).isEqualTo(201);
    }

    @Test
    void both_secrets_sign_while_a_rotation_overlaps() {
        Reply made = hooks.create();
        var first = new WebhookSecret(made.json().get("secret").asString());
        var second =
                new WebhookSecret(
                        api.post(
                                        client.key(),
                                        hooks.path(made) + "/secret-rotations",
                                        "{\"overlapSeconds\":60}")
                                .json()
                                .get("secret")
                                .asString());
        api.post(client.key(), hooks.path(made) + "/tests", "{}");
        assertThat(ClientHooks.verify(first, receiver.requests().getFirst())).isEmpty();
        assertThat(ClientHooks.verify(second, receiver.requests().getFirst())).isEmpty();
        api.post(client.key(), hooks.path(made) + "/secret-rotations", "{\"overlapSeconds\":0}");
        api.post(client.key(), hooks.path(made) + "/tests", "{}");
        assertThat(ClientHooks.verify(second, receiver.requests().get(1))).isPresent();
    }

    @Test
    void a_deleted_webhook_is_gone_and_another_clients_never_was() {
        Reply made = hooks.create();
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
        assertThat(api.delete(client.key(), hooks.path(made)).status()).isEqualTo(204);
        assertThat(api.get(client.key(), hooks.path(made)).status()).isEqualTo(404);
        assertThat(api.delete(client.key(), hooks.path(made)).status()).isEqualTo(404);
    }
}
