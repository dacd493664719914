package io.coursewire.webhooks.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.kernel.ActivityId;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.UserId;
import io.coursewire.webhooks.ComposeRequest;
import io.coursewire.webhooks.Credentials;
import io.coursewire.webhooks.EndpointHealth;
import io.coursewire.webhooks.EndpointId;
import io.coursewire.webhooks.GivenSubscription;
import io.coursewire.webhooks.OAuth2;
import io.coursewire.webhooks.OrderingKey;
import io.coursewire.webhooks.Subscription;
import io.coursewire.webhooks.SubscriptionSecrets;
import io.coursewire.webhooks.sending.AddressBlock;
import io.coursewire.webhooks.sending.AddressGuard;
import io.coursewire.webhooks.sending.Answer;
import io.coursewire.webhooks.sending.Names;
import io.coursewire.webhooks.sending.SendWebhook;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Endpoints that want an access token, and the server that gives it.
class AccessTokensTest {
    private static final ClientId CLIENT = new ClientId("company");

    private final MovableClock clock = new MovableClock();
    private final HostileReceiver receiver = new HostileReceiver();
    private final SendWebhook send =
            new SendWebhook(
                    new AddressGuard(
                            List.of(AddressBlock.parse("127.0.0.1/32", "")), Names.system()),
                    Duration.ofSeconds(5));
    private final Courier courier =
            new Courier(new ComposeRequest(() -> "https://lms.example"), send, clock);
    private final AtomicInteger tokens = new AtomicInteger();

    @BeforeEach
    void behave() {
        receiver.behave(
                request ->
                        request.path().equals("/token")
                                ? HostileReceiver.body(
                                        200,
                                        "{\"access_token\":\"token-%d\",\"token_type\":\"Bearer\",\"expires_in\":3600,\"padding\":\"%s\"}"
                                                .formatted(
                                                        tokens.incrementAndGet(),
                                                        "x".repeat(5_000)))
                                : HostileReceiver.status(204));
    }

    @AfterEach
    void stop() {
        send.close();
        receiver.close();
    }

    @Test
    void a_token_is_got_once_and_sent_until_it_expires() {
        var subscription = subscription("http://127.0.0.1:" + receiver.port() + "/token");
        assertThat(carry(subscription)).isEqualTo(204);
        assertThat(carry(subscription)).isEqualTo(204);
        assertThat(hooks()).containsExactly("Bearer token-1", "Bearer token-1");
        var asked = receiver.requests().getFirst();
        assertThat(asked.text()).isEqualTo("grant_type=client_credentials&scope=hooks+write");
        // "a b" and "c:d", form-encoded, with a colon between.
        assertThat(asked.header("authorization")).isEqualTo("Basic YStiOmMlM0Fk");
        clock.advance(Duration.ofMinutes(60));
        assertThat(carry(subscription)).isEqualTo(204);
        assertThat(hooks()).last().isEqualTo("Bearer token-2");
    }

    @Test
    void a_token_that_is_not_taken_is_not_used_again() {
        var subscription = subscription("http://127.0.0.1:" + receiver.port() + "/token");
        receiver.behave(
                request ->
                        request.path().equals("/token")
                                ? HostileReceiver.body(
                                        200,
                                        "{\"access_token\":\"token-"
                                                + tokens.incrementAndGet()
                                                + "\"}")
                                : HostileReceiver.status(
                                        request.header("authorization").endsWith("-1")
                                                ? 401
                                                : 204));
        assertThat(carry(subscription)).isEqualTo(401);
        assertThat(carry(subscription)).isEqualTo(204);
    }

    @Test
    void what_the_token_server_says_instead_is_told() {
        var subscription = subscription("http://127.0.0.1:" + receiver.port() + "/token");
        receiver.behave(HostileReceiver.status(503));
        assertThat(failure(subscription)).isEqualTo("no access token: the token URL answered 503");
        receiver.behave(HostileReceiver.body(200, "<html>"));
        assertThat(failure(subscription)).contains("without a usable access_token");
        receiver.behave(HostileReceiver.body(200, "{\"access_token\":\"a\\r\\nb: c\"}"));
        assertThat(failure(subscription)).contains("without a usable access_token");
        assertThat(failure(subscription("http://10.0.0.1/token")))
                .contains("no access token", "--allow-target 10.0.0.1/32");
        assertThat(hooks()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "99999999999999999999",
                "1e400",
                "-1e17",
                "9223372036854775807",
                "0.5",
                "-1"
            })
    void a_token_that_expires_at_no_time_there_is_is_used_all_the_same(String expiresIn) {
        var subscription = subscription("http://127.0.0.1:" + receiver.port() + "/token");
        receiver.behave(
                request ->
                        request.path().equals("/token")
                                ? HostileReceiver.body(
                                        200,
                                        "{\"access_token\":\"t\",\"expires_in\":%s}"
                                                .formatted(expiresIn))
                                : HostileReceiver.status(204));
        assertThat(carry(subscription)).isEqualTo(204);
        clock.advance(Duration.ofHours(12));
        assertThat(carry(subscription)).isEqualTo(204);
        assertThat(receiver.requests()).hasSize(4);
    }

    private int carry(Subscription subscription) {
        var answer = courier.carry(subscription, Scene.started(key())).answer();
        return ((Answer.Status) answer).code();
    }

    private String failure(Subscription subscription) {
        var answer = courier.carry(subscription, Scene.started(key())).answer();
        return ((Answer.None) answer).message();
    }

    private static OrderingKey key() {
        return new OrderingKey(CLIENT, UserId.next(), ActivityId.next());
    }

    private List<String> hooks() {
        return receiver.requests().stream()
                .filter(request -> !request.path().equals("/token"))
                .map(request -> request.header("authorization"))
                .toList();
    }

    private Subscription subscription(String tokenUrl) {
        Instant now = Instant.now();
        var oauth2 = new OAuth2(tokenUrl, "a b", "c:d", Optional.of("hooks write"));
        return new Subscription(
                CLIENT,
                EndpointId.next(),
                GivenSubscription.settings(receiver.url(), Optional.empty()),
                SubscriptionSecrets.first(
                        new Credentials(Map.of(), Optional.of(oauth2), Optional.empty())),
                EndpointHealth.GOOD,
                now,
                now);
    }
}
