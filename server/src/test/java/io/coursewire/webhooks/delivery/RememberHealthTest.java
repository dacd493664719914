package io.coursewire.webhooks.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coursewire.storage.TestDatabase;
import io.coursewire.webhooks.EventType;
import io.coursewire.webhooks.Subscription;
import io.coursewire.webhooks.SubscriptionStore;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
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
    void what_can_never_be_stored_holds_up_no_other() {
        fault.set(new SQLException("a broken constraint", "23514"));
        remember.remember(List.of(gone(one), gone(other)));
        assertThat(isEnabled(one)).isTrue();
        assertThat(isEnabled(other)).isFalse();
    }

    private static HealthChange gone(Subscription subscription) {
        return new HealthChange.Disabled(subscription.client(), subscription.id(), "is gone");
    }

    private boolean isEnabled(Subscription subscription) {
        return db.jdbi()
                .withHandle(h -> store.find(h, subscription.client(), subscription.id()))
                .orElseThrow()
                .health()
                .enabled();
    }
}
