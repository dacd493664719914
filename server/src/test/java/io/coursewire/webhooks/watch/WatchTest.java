package io.coursewire.webhooks.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.kernel.ClientId;
import io.coursewire.storage.TestDatabase;
import io.coursewire.webhooks.EndpointId;
import io.coursewire.webhooks.EventType;
import io.coursewire.webhooks.GivenSubscription;
import io.coursewire.webhooks.OutboxEvent;
import io.coursewire.webhooks.SubscriptionStore;
import io.coursewire.webhooks.Subscriptions;
import io.coursewire.webhooks.delivery.HostileReceiver;
import io.coursewire.webhooks.delivery.MovableClock;
import io.coursewire.webhooks.delivery.Node;
import io.coursewire.webhooks.delivery.Scene;
import io.coursewire.webhooks.sending.AddressGuard;
import io.coursewire.webhooks.sending.Names;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// What operators see and are told.
class WatchTest {
    @RegisterExtension static final TestDatabase db = TestDatabase.migrated();

    @TempDir private Path folder;

    private final MovableClock clock = new MovableClock();
    private final HostileReceiver receiver = new HostileReceiver();
    private final CheckLedger checkLedger = new CheckLedger(db.jdbi());
    private Scene scene;
    private Node node;

    @BeforeEach
    void start() {
        db.jdbi()
                .useHandle(
                        h -> {
                            for (String table :
                                    List.of(
                                            "undelivered",
                                            "event",
                                            "delivery",
                                            "waiting_delivery",
                                            "parked_lane",
                                            "delivery_count",
                                            "alert")) {
                                h.execute("DELETE FROM " + table);
                            }
                        });
        scene = new Scene(db.jdbi());
        node = new Node(db.jdbi(), clock);
    }

    @Test
    void a_webhook_whose_secrets_are_damaged_stands_still_alone_until_they_are_made_anew() {
        var subscriptions =
                new Subscriptions(
                        db.jdbi(),
                        new SubscriptionStore(Scene.KEY),
                        new AddressGuard(List.of(), Names.system()),
                        clock,
                        node.deliver::wake);
        var damaged = scene.subscription(receiver.url() + "damaged");
        scene.subscription(receiver.url() + "well");
        damageSecrets(damaged.id());
        OutboxEvent event = Scene.started(scene.key());
        scene.append(node.outbox, event);
        scene.await(
                "the other's", () -> scene.count("delivered") == 1 && scene.count("pending") == 1);
        scene.await("an alert", () -> standstills().equals(List.of(damaged.id().toString())));
        assertThat(subscriptions.find(scene.client(), damaged.id()).orElseThrow().standsStill())
                .hasValueSatisfying(why -> assertThat(why).contains("rotate its secret"));
        // It is no fault of the endpoint, so time does not help.
        clock.advance(Duration.ofHours(2));
        subscriptions.rotate(scene.client(), damaged.id(), Duration.ZERO);
        scene.await("its own", () -> scene.count("delivered") == 2 && standstills().isEmpty());
        assertThat(receiver.requests()).hasSize(2);
        assertThat(checkLedger.check().holds()).isTrue();
    }

    @Test
    void a_data_folder_that_is_gone_is_told_and_told_when_it_is_back() throws IOException {
        var gone = folder.resolve("gone");
        var watch = new Watch(db.jdbi(), new Alerts(clock), gone);
        var well = new Measured(0, Optional.empty(), List.of(), List.of());
        watch.judge(well);
        assertThat(raised(Alert.Kind.DISK)).containsExactly(gone.toString());
        if (Files.getFileStore(folder).getUsableSpace() > Watch.DISK_BYTES_MIN) {
            Files.createDirectory(gone);
            watch.judge(well);
            assertThat(raised(Alert.Kind.DISK)).isEmpty();
        }
    }

    private static void damageSecrets(EndpointId endpoint) {
        db.jdbi()
                .useHandle(
                        h -> {
                            h.execute("UPDATE subscription_revision SET revision = revision + 1");
                            h.execute(
                                    """
                                    UPDATE subscription SET secrets = '\\x00'::bytea || secrets,
                                        revision = (SELECT revision FROM subscription_revision)
                                    WHERE endpoint_id = ?
                                    """,
                                    endpoint.value());
                        });
    }

    private static List<String> standstills() {
        return raised(Alert.Kind.ENDPOINT_STOPPED);
    }

    private static List<String> raised(Alert.Kind kind) {
        return db.jdbi().withHandle(h -> new AlertStore().subjects(h, kind));
    }

    @AfterEach
    void stop() {
        node.close();
        receiver.close();
    }

    @Test
    void the_ledger_holds_while_things_go_well_and_names_whoever_breaks_it() {
        scene.subscription(receiver.url());
        scene.subscription(receiver.url());
        List<OutboxEvent> events =
                IntStream.range(0, 10).mapToObj(_ -> Scene.started(scene.key())).toList();
        scene.append(node.outbox, events.toArray(OutboxEvent[]::new));
        scene.await("deliveries", () -> scene.count("delivered") == 20 && scene.undelivered() == 0);
        LedgerReport good = checkLedger.check();
        assertThat(good.holds()).as(good.toString()).isTrue();
        assertThat(good.eventsChecked()).isEqualTo(10);
        assertThat(good.deliveriesChecked()).isEqualTo(20);
        UUID lost = events.get(3).id();
        db.jdbi()
                .useHandle(
                        h ->
                                h.execute(
                                        "DELETE FROM delivery WHERE (event_id, endpoint_id) IN (SELECT event_id, endpoint_id FROM delivery WHERE event_id = ? LIMIT 1)",
                                        lost));
        LedgerReport broken = checkLedger.check();
        assertThat(broken.offenders())
                .containsExactly(new LedgerReport.Offender(scene.client(), lost, 2, 1));
        assertThat(broken.differences())
                .extracting(LedgerReport.Difference::what)
                .containsExactly("accepted", "delivered");
        db.jdbi().useHandle(h -> h.execute("DELETE FROM delivery WHERE event_id = ?", lost));
        assertThat(checkLedger.check().differences())
                .extracting(LedgerReport.Difference::what)
                .contains("wanted");
    }

    @Test
    void the_flow_is_measured() {
        receiver.behave(HostileReceiver.status(500));
        var endpoint = scene.subscription(receiver.url());
        scene.append(node.outbox, Scene.started(scene.key()));
        scene.await("a first try", () -> scene.count("pending") == 1 && scene.undelivered() == 0);
        clock.advance(Duration.ofSeconds(4));
        Measured measured = new Measure(db.jdbi(), clock).now();
        assertThat(measured.notFannedOut()).isZero();
        var of =
                measured.endpoints().stream()
                        .filter(e -> e.endpoint().equals(endpoint.id()))
                        .findFirst()
                        .orElseThrow();
        assertThat(of.oldestWaiting().orElseThrow()).isGreaterThanOrEqualTo(Duration.ofSeconds(4));
        assertThat(measured.clients())
                .contains(new Measured.OfClient(scene.client(), 1, 0, 0, 1, 0, 0));
    }

    @Test
    void a_disabled_webhook_is_told_to_the_operators_webhook() {
        var operator = operator();
        scene.subscription(receiver.url());
        receiver.behave(
                request ->
                        EventType.OPERATOR_ALERT.equals(request.header("coursewire-event"))
                                ? HostileReceiver.status(204)
                                : HostileReceiver.status(410));
        scene.append(node.outbox, Scene.started(scene.key()));
        scene.await("the alert", () -> alerts().size() == 1);
        assertThat(alerts().getFirst())
                .contains("\"alert\":\"endpoint-disabled\"", scene.client().value(), "410 Gone");
        GivenSubscription.delete(db.jdbi(), Scene.KEY, operator);
    }

    @Test
    void what_lasts_is_told_once_and_told_again_when_it_is_over() {
        var operator = operator();
        var watch = new Watch(db.jdbi(), new Alerts(clock), folder);
        var stuck = new Measured(7, Optional.of(Duration.ofMinutes(6)), List.of(), List.of());
        var broken =
                new Measured(
                        0,
                        Optional.empty(),
                        List.of(),
                        List.of(new Measured.OfClient(scene.client(), 5, 4, 0, 0, 0, 0)));
        var well = new Measured(0, Optional.empty(), List.of(), List.of());
        watch.judge(well);
        watch.judge(stuck);
        watch.judge(stuck);
        watch.judge(well);
        watch.judge(broken);
        scene.await("the alerts", () -> alerts().size() == 3);
        assertThat(alerts())
                .anyMatch(a -> a.contains("\"backlog\",\"raised\":true") && a.contains("7 events"))
                .anyMatch(a -> a.contains("\"backlog\",\"raised\":false"))
                .anyMatch(a -> a.contains("\"ledger\",\"raised\":true"));
        GivenSubscription.delete(db.jdbi(), Scene.KEY, operator);
    }

    private io.coursewire.webhooks.Subscription operator() {
        ClientId client = Alerts.OPERATOR;
        db.jdbi()
                .useHandle(
                        h ->
                                h.execute(
                                        "INSERT INTO client (client_id, name, default_language, created_at, updated_at) VALUES (?, 'Operators', 'en', now(), now()) ON CONFLICT DO NOTHING",
                                        client.value()));
        return GivenSubscription.insert(db.jdbi(), Scene.KEY, client, receiver.url());
    }

    private List<String> alerts() {
        return receiver.requests().stream()
                .filter(r -> EventType.OPERATOR_ALERT.equals(r.header("coursewire-event")))
                .map(HostileReceiver.Request::text)
                // Whether the machine's disk is nearly full is no matter of these tests.
                .filter(
                        alert ->
                                !alert.contains(
                                        "\"alert\":\"%s\"".formatted(Alert.Kind.DISK.word())))
                .toList();
    }
}
