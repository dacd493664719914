package io.coursewire.app;

import static io.coursewire.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.coursewire.app.remote.ApiClient;
import io.coursewire.app.settings.Endpoints;
import io.coursewire.app.settings.Settings;
import io.coursewire.kernel.Json;
import io.coursewire.kernel.SecretKey;
import io.coursewire.storage.Database;
import io.coursewire.storage.TestDatabase;
import io.coursewire.webhooks.delivery.HostileReceiver;
import io.coursewire.webhooks.delivery.HostileReceiver.Request;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/// A whole server of which many more requests hang than it has connections to its database.
class HangingSubscribersTest {
    @RegisterExtension static final TestDatabase database = TestDatabase.migrated();

    private static final String ADMIN_KEY = "admin-key-of-the-test-of-hanging-0123456789";
    private static final String CLIENT = "/clients/acme";
    private static final int WEBHOOKS = 4;
    private static final int PEOPLE = 30;
    private static final int TESTS = 20;
    private static final Predicate<Request> EVERY = _ -> true;
    private static final Predicate<Request> COMPLETION =
            r -> r.header("coursewire-event").equals("activity.completed");
    private static final int HANGING = WEBHOOKS * PEOPLE + TESTS;

    @TempDir Path folder;
    private final HostileReceiver subscriber = new HostileReceiver();
    private final CountDownLatch release = new CountDownLatch(1);
    private Database own;
    private Coursewire server;
    private ApiClient api;

    @BeforeEach
    void start() {
        own = Database.open(database.address());
        var settings = Settings.of(Endpoints.local(0, 0), folder, List.of("127.0.0.0/8"));
        server = Coursewire.start(settings, own, SecretKey.of(SecretKey.random()));
        server.apiKeys().useAdminKey(ADMIN_KEY);
        api = new ApiClient(URI.create(server.apiUrl()), ADMIN_KEY);
        subscriber.behave(
                (connection, out) -> {
                    release.await();
                    return HostileReceiver.status(204).answer(connection, out);
                });
    }

    @AfterEach
    void stop() {
        release.countDown();
        api.close();
        server.close();
        own.close();
        subscriber.close();
    }

    @Test
    void no_connection_to_the_database_is_held_while_a_webhook_is_under_way() throws Exception {
        assertThat(HANGING).isGreaterThan(5 * Database.CONNECTIONS_MAX);
        api.put(CLIENT, object().put("name", "Acme").put("defaultLanguage", "en"));
        var item = object().put("title", "Fire drill").put("type", "event");
        var training = object().put("title", "Fire drill").put("type", "event");
        training.put("externalId", "drill").putArray("items").add(item.put("externalId", "drill"));
        api.post(CLIENT + "/activities", training);
        IntStream.range(0, PEOPLE).forEach(n -> api.put(CLIENT + "/users/u" + n, object()));
        var webhooks = IntStream.range(0, WEBHOOKS).mapToObj(this::subscribe).toList();

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int n = 0; n < TESTS; n++) {
                String webhook = webhooks.get(n % WEBHOOKS);
                threads.submit(
                        () -> api.post(CLIENT + "/webhooks/" + webhook + "/tests", object()));
            }
            IntStream.range(0, PEOPLE).forEach(this::completeOffline);
            await(
                    "a moment at which all hang and no connection is in use",
                    () -> sent(EVERY).size() >= HANGING && connectionsInUse() == 0);
            assertThat(api.get(CLIENT + "/attempts?limit=100").path("items")).hasSize(PEOPLE);
            assertThat(sent(EVERY)).as("all that hang").hasSize(HANGING);
            release.countDown();
        }
        await(
                "everyone's end of the training at each webhook",
                () -> sent(COMPLETION).size() == WEBHOOKS * PEOPLE);
    }

    /// Of each webhook; one that has hung for too long is given up and comes again.
    private Set<String> sent(Predicate<Request> which) {
        return subscriber.requests().stream()
                .filter(which)
                .map(r -> r.path() + " " + r.header("webhook-id"))
                .collect(Collectors.toSet());
    }

    private String subscribe(int number) {
        var webhook = object().put("url", subscriber.url() + number);
        webhook.putArray("events").add("*");
        return api.post(CLIENT + "/webhooks", webhook).path("id").asString();
    }

    private void completeOffline(int person) {
        var result = object().put("status", "completed");
        result.putObject("user").put("username", "u" + person);
        result.putObject("item").put("externalId", "drill");
        api.post(CLIENT + "/attempts", result);
    }

    private int connectionsInUse() {
        return ((HikariDataSource) own.dataSource()).getHikariPoolMXBean().getActiveConnections();
    }

    private static ObjectNode object() {
        return Json.MAPPER.createObjectNode();
    }
}
