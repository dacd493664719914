package io.coursewire.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.coursewire.api.TestApi.TestClient;
import io.coursewire.api.keys.ApiKeys;
import io.coursewire.catalog.Clients;
import io.coursewire.storage.TestDatabase;
import io.coursewire.webhooks.sending.AddressGuard;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What happens while the names of webhooks are looked up.
class WebhookNamesTest {
    @RegisterExtension static final TestDatabase db = TestDatabase.migrated();

    private static final String HOOK =
            "{\"url\":\"https://hooks.acme.example/\",\"events\":[\"*\"]}";

    private final List<Integer> connectionsInUse = new ArrayList<>();
    private String address = "93.184.215.14";
    private final RunningApi api = new RunningApi(api());
    private final TestClient client = TestApi.givenClient(api);

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void no_connection_to_the_database_is_held_meanwhile_with_an_idempotency_key_or_without() {
        assertThat(post("first").status()).isEqualTo(201);
        String made = api.post(client.key(), webhooks(), HOOK).json().get("id").asString();
        api.patch(client.key(), webhooks() + "/" + made, HOOK.replace("hooks", "other"));
        assertThat(connectionsInUse).containsExactly(0, 0, 0);
    }

    @Test
    void a_repeated_request_gets_its_answer_whatever_the_name_leads_to_by_then() {
        var first = post("again");
        address = "10.0.0.1";
        var second = post("again");
        assertThat(second.status()).isEqualTo(201);
        assertThat(second.json()).isEqualTo(first.json());
        assertThat(post("anew").status()).isEqualTo(400);
    }

    private RunningApi.Reply post(String idempotencyKey) {
        return api.send(
                client.key(),
                webhooks(),
                r ->
                        r.header("Content-Type", "application/json")
                                .header("Idempotency-Key", idempotencyKey)
                                .POST(BodyPublishers.ofString(HOOK)));
    }

    private String webhooks() {
        return client.path() + "/webhooks";
    }

    private Api api() {
        var clock = Clock.systemUTC();
        var clients = new Clients(db.jdbi(), clock);
        var keys = new ApiKeys(db.jdbi(), TestApi.SECRET_KEY, clock);
        keys.useAdminKey(TestApi.ADMIN);
        var guard = new AddressGuard(List.of(), this::lookUp);
        return new Api(
                keys,
                clients::exist,
                new Idempotency(db.jdbi(), TestApi.SECRET_KEY, clock),
                new CallTimes(new SimpleMeterRegistry()),
                List.of(
                        new ClientsResource(clients, _ -> true),
                        new KeysResource(keys),
                        TestWebhooks.webhooks(db.jdbi(), guard, clock)));
    }

    private List<InetAddress> lookUp(String host) throws UnknownHostException {
        var pool = (HikariDataSource) db.database().dataSource();
        connectionsInUse.add(pool.getHikariPoolMXBean().getActiveConnections());
        return List.of(InetAddress.getByName(address));
    }
}
