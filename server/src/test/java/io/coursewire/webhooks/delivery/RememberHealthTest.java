package io.coursewire.webhooks.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.coursewire.storage.TestDatabase;
import io.coursewire.webhooks.EventType;
import io.coursewire.webhooks.Subscription;
import io.coursewire.webhooks.SubscriptionStore;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// How endpoints fare is stored, whatever becomes of one change of it.
class RememberHealthTest {
    @RegisterExtension static final TestDatabase db = TestDatabase.migrated();

    private final AtomicReference<SQLException> fault = new AtomicReference<>();
    private final Jdbi failing =
            Jdbi.create(db.database().dataSource()).setSqlLogger(new FailingOnce());
    private final Scene scene = new Scene(db.jdbi());
    private final SubscriptionStore store = new SubscriptionStore(Scene.KEY);
    private final RememberHealth remember = new RememberHealth(failing, store, new MovableClock());
    private final Subscription one =
            scene.subscription("https://one.example/", EventType.COMPLETED);
    private final Subscription other =
            scene.subscription("https://other.example/", EventType.COMPLETED);

    private final class FailingOnce implements SqlLogger {
        @Override
        public void logBeforeExecution(StatementContext context) {
            var now = fault.getAndSet(null);
            if (now != null) {
                throw new IllegalStateException(now);
            }
        }
    }

    @Test
    void what_an_outage_kept_from_being_stored_is_stored_with_the_next() {
        fault.set(new SQLException("the connection is gone", "08006"));
        assertThatThrownBy(() -> remember.remember(List.of(gone(one), gone(other))))
                .isInstanceOf(RuntimeException.class);
        assertThat(isEnabled(one)).isTrue();
        remember.remember(List.of());
        assertThat(isEnabled(one)).isFalse();
        assertThat(isEnabled(other)).isFalse();
    }

    @Test
    void what_an_endpoint_does_again_and_again_is_stored_once() {
        long before = db.jdbi().withHandle(store::revision);
        var since = Instant.now();
        var failures =
                IntStream.range(0, 100)
                        .mapToObj(n -> failing(one, since, since.plusSeconds(n)))
                        .toList();
        remember.remember(failures);
        assertThat(db.jdbi().withHandle(store::revision)).isEqualTo(before + 1);
        assertThat(read(one).health().pausedUntil().orElseThrow())
                .isCloseTo(since.plusSeconds(99), within(1, ChronoUnit.MILLIS));
        var recovered = new HealthChange.Recovered(one.client(), one.id());
        remember.remember(List.of(failures.getFirst(), recovered, failures.getFirst(), recovered));
        assertThat(db.jdbi().withHandle(store::revision)).isEqualTo(before + 2);
        assertThat(read(one).health().failingSince()).isEmpty();
    }

    @Test
    void what_can_never_be_stored_holds_up_no_other() {
        execute(
                "ALTER TABLE subscription ADD CONSTRAINT broken CHECK (enabled OR endpoint_id <> '%s')"
                        .formatted(one.id().value()));
        try {
            remember.remember(List.of(gone(one), gone(other)));
        } finally {
            execute("ALTER TABLE subscription DROP CONSTRAINT broken");
        }
        assertThat(isEnabled(one)).isTrue();
        assertThat(isEnabled(other)).isFalse();
    }

    private static HealthChange gone(Subscription subscription) {
        return new HealthChange.Disabled(subscription.client(), subscription.id(), "is gone");
    }

    private boolean isEnabled(Subscription subscription) {
        return read(subscription).health().enabled();
    }

    private Subscription read(Subscription subscription) {
        return db.jdbi()
                .withHandle(h -> store.find(h, subscription.client(), subscription.id()))
                .orElseThrow();
    }

    private static HealthChange failing(Subscription endpoint, Instant since, Instant until) {
        return new HealthChange.Failing(
                endpoint.client(), endpoint.id(), since, Optional.of(until));
    }

    private static void execute(String sql) {
        db.jdbi().useHandle(h -> h.execute(sql));
    }
}
