package io.coursewire.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.Patience;
import io.coursewire.api.keys.Caller;
import io.coursewire.storage.Shares;
import io.coursewire.storage.TestDatabase;
import io.helidon.http.Method;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A client whose requests have all the connections to the database that it may have.
@Timeout(120)
class ClientsSharesTest implements Resource {
    @RegisterExtension static final TestDatabase db = TestDatabase.bare();

    private final CountDownLatch held = new CountDownLatch(Shares.PARTY_MAX);
    private final CountDownLatch release = new CountDownLatch(1);

    private Api api() {
        return new Api(
                _ -> Optional.of(new Caller.Admin()),
                _ -> true,
                new Idempotency(db.jdbi(), TestApi.SECRET_KEY, Clock.systemUTC()),
                new CallTimes(new SimpleMeterRegistry()),
                List.of(this));
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.ofClient(Method.GET, "/slow", this::hold),
                Route.ofClient(Method.GET, "/quick", ClientsSharesTest::ask));
    }

    private Answer hold(Call call) {
        try (var handle = db.jdbi().open()) {
            handle.execute("SELECT 1");
            held.countDown();
            release.await();
            return Answer.noContent();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Answer ask(Call call) {
        db.jdbi().useHandle(handle -> handle.execute("SELECT 1"));
        return Answer.noContent();
    }

    private static RunningApi.Reply get(RunningApi api, String client, String path) {
        return api.get("any", Route.BASE + "/clients/" + client + path);
    }

    @Test
    void is_told_so_while_others_are_served() throws Exception {
        try (var api = new RunningApi(api());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < Shares.PARTY_MAX; i++) {
                threads.submit(() -> get(api, "acme", "/slow"));
            }
            held.await();
            assertThat(get(api, "other", "/quick").status()).isEqualTo(204);
            var refused = get(api, "acme", "/quick");
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("Retry-After")).isEqualTo("1");
            release.countDown();
            Patience.await(() -> get(api, "acme", "/quick").status() == 204);
        }
    }
}
