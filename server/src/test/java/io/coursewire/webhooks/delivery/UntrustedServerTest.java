package io.coursewire.webhooks.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.coursewire.kernel.Json;
import io.coursewire.storage.TestDatabase;
import io.coursewire.webhooks.Deliveries;
import io.coursewire.webhooks.DeliveryFilter;
import io.coursewire.webhooks.DeliveryState;
import io.coursewire.webhooks.DeliveryView;
import io.coursewire.webhooks.EndpointId;
import io.coursewire.webhooks.SubscriptionStore;
import io.coursewire.webhooks.sending.Certificates;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;
import tools.jackson.databind.JsonNode;

/// Servers whose certificate is not to be trusted: they are told nothing, the log says why, and the retries go on
/// until the certificate is mended.
@Tag("slow")
class UntrustedServerTest {
    @RegisterExtension static final TestDatabase db = TestDatabase.migrated();

    private static final String TRUST_STORE = "javax.net.ssl.trustStore";

    @TempDir static Path folder;
    private static Certificates certificates;

    private final MovableClock clock = new MovableClock();
    private final Scene scene = new Scene(db.jdbi());
    private final HostileReceiver receiver = new HostileReceiver();
    private final Node node = new Node(db.jdbi(), clock);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final Logger log = (Logger) LoggerFactory.getLogger(Courier.class);

    @BeforeAll
    static void makeCertificates() throws Exception {
        String here = "SAN=ip:127.0.0.1";
        certificates = new Certificates(folder);
        certificates.makeAuthority("authority");
        certificates.make("good", "-signer", "authority", "-ext", here);
        certificates.make("elsewhere", "-signer", "authority", "-ext", "SAN=dns:other.example");
        certificates.make("nobody", "-ext", here);
        var expired = List.of("-startdate", "-10d", "-validity", "5", "-signer", "authority");
        certificates.make("expired", with(expired, here));
        var early = List.of("-startdate", "+10d", "-validity", "5", "-signer", "authority");
        certificates.make("early", with(early, here));
        System.setProperty(TRUST_STORE, certificates.trusting("authority").toString());
        System.setProperty(TRUST_STORE + "Password", Certificates.PASSWORD);
    }

    @AfterAll
    static void trustAsBefore() {
        System.clearProperty(TRUST_STORE);
        System.clearProperty(TRUST_STORE + "Password");
    }

    @BeforeEach
    void listenToTheLog() {
        lines.list = new CopyOnWriteArrayList<>();
        lines.start();
        log.addAppender(lines);
    }

    @AfterEach
    void stop() {
        log.detachAppender(lines);
        node.close();
        receiver.close();
        scene.assertNothingIsLost();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "expired | the server's certificate has expired (NotAfter: ",
                "early | the server's certificate is not valid yet (NotBefore: ",
                "elsewhere | the server's certificate is not for this name (No subject alternative names matching IP address 127.0.0.1",
                "nobody | no authority that is trusted here vouches for the server's certificate"
            })
    void it_is_told_nothing_the_log_says_why_and_it_is_tried_again_until_it_is_mended(
            String certificate, String reason) throws Exception {
        clock.stop();
        receiver.secure(certificates.server(certificate));
        var endpoint = scene.subscription(receiver.url()).id();
        scene.append(node.outbox, Scene.started(scene.key()));
        scene.await("the first try", () -> tries(endpoint).size() == 1);
        assertThat(error(endpoint, 0)).startsWith("TLS failed: " + reason);
        assertThat(lines.list)
                .singleElement()
                .satisfies(
                        line -> {
                            assertThat(line.getLevel()).isEqualTo(Level.INFO);
                            assertThat(line.getMessage()).isEqualTo("webhook not answered");
                            assertThat(line.getKeyValuePairs())
                                    .contains(
                                            new KeyValuePair("webhook", endpoint),
                                            new KeyValuePair("outcome", "failed"),
                                            new KeyValuePair("error", error(endpoint, 0)));
                        });
        assertWaitsFor(endpoint, Duration.ofSeconds(5));

        clock.advance(Duration.ofSeconds(6));
        scene.await("the second try", () -> tries(endpoint).size() == 2);
        assertThat(error(endpoint, 1)).isEqualTo(error(endpoint, 0));
        assertWaitsFor(endpoint, Duration.ofMinutes(5));
        assertThat(receiver.requests()).isEmpty();

        receiver.secure(certificates.server("good"));
        clock.advance(Duration.ofMinutes(6));
        scene.await("the delivery", () -> scene.count("delivered") == 1);
        assertThat(receiver.requests()).hasSize(1);
    }

    private void assertWaitsFor(EndpointId endpoint, Duration delay) {
        var at =
                Instant.parse(
                        tries(endpoint).get(tries(endpoint).size() - 1).path("at").asString());
        assertThat(delivery(endpoint).state()).isEqualTo(DeliveryState.PENDING);
        assertThat(Duration.between(at, delivery(endpoint).nextTryAt().orElseThrow()))
                .isCloseTo(delay, delay.dividedBy(9));
    }

    private String error(EndpointId endpoint, int index) {
        return tries(endpoint).get(index).path("error").asString();
    }

    private JsonNode tries(EndpointId endpoint) {
        return logged(endpoint)
                .map(view -> Json.MAPPER.readTree(view.tries()))
                .orElseGet(Json.MAPPER::createArrayNode);
    }

    private DeliveryView delivery(EndpointId endpoint) {
        return logged(endpoint).orElseThrow();
    }

    private Optional<DeliveryView> logged(EndpointId endpoint) {
        var deliveries =
                new Deliveries(db.jdbi(), new SubscriptionStore(Scene.KEY), clock, () -> {});
        var all = new DeliveryFilter(Optional.empty(), Optional.empty(), Optional.empty());
        return deliveries
                .list(scene.client, endpoint, all, 10, Optional.empty())
                .orElseThrow()
                .items()
                .stream()
                .findFirst();
    }

    private static String[] with(List<String> options, String name) {
        return Stream.concat(options.stream(), Stream.of("-ext", name)).toArray(String[]::new);
    }
}
