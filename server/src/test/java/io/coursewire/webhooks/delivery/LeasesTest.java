package io.coursewire.webhooks.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coursewire.storage.TestDatabase;
import io.coursewire.webhooks.OrderingKey;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.LocalTransactionHandler;
import org.jdbi.v3.core.transaction.TransactionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Two nodes never act on one bucket, however renewing and taking over fall together.
class LeasesTest {
    @RegisterExtension static final TestDatabase db = TestDatabase.migrated();
    private static final Duration LENGTH = Duration.ofMinutes(1);

    private final LeaseStore store = new LeaseStore();
    private final Scene scene = new Scene(db.jdbi());

    @BeforeEach
    void nobodyIsThere() {
        db.jdbi().useHandle(h -> h.execute("DELETE FROM delivery_node"));
    }

    @Test
    void one_that_renews_while_it_is_being_taken_over_waits_and_owns_nothing_of_that()
            throws Exception {
        var late = leases(db.jdbi());
        late.renew();
        expire(late);
        var other = UUID.randomUUID();
        Thread renewing;
        try (Handle taking = db.jdbi().open().begin()) {
            store.renew(taking, other, LENGTH);
            store.take(taking, other, OrderingKey.BUCKETS);
            renewing = Thread.ofVirtual().start(late::renew);
            scene.await("the renewal to wait", this::somebodyWaits);
            taking.commit();
        }
        renewing.join();
        assertThat(late.share().epochs()).isEmpty();
    }

    @Test
    void one_that_is_renewing_is_not_taken_over() {
        var late = leases(db.jdbi());
        late.renew();
        expire(late);
        var next = leases(db.jdbi());
        try (Handle renewing = db.jdbi().open().begin()) {
            store.renew(renewing, late.node(), LENGTH);
            next.renew();
            renewing.commit();
        }
        assertThat(next.share().epochs()).isEmpty();
    }

    @Test
    void nothing_is_acted_on_before_its_commit() {
        var jdbi = Jdbi.create(db.database().dataSource());
        var leases = leases(jdbi);
        jdbi.setTransactionHandler(new BrokenCommits());
        assertThatThrownBy(leases::renew).isInstanceOf(TransactionException.class);
        assertThat(leases.share()).isEqualTo(Share.NONE);
    }

    @Test
    void what_is_given_back_is_no_more_acted_on_whatever_is_seen_of_the_commit() {
        var jdbi = Jdbi.create(db.database().dataSource());
        var leases = leases(jdbi);
        leases.renew();
        jdbi.setTransactionHandler(new BrokenCommits());
        assertThatThrownBy(() -> leases.giveBack(Set.of(5)))
                .isInstanceOf(TransactionException.class);
        assertThat(leases.share().epochs()).doesNotContainKey(5).containsKey(6);
    }

    private static Leases leases(Jdbi jdbi) {
        return new Leases(jdbi, UUID.randomUUID(), LENGTH);
    }

    private static void expire(Leases leases) {
        db.jdbi()
                .useHandle(
                        h ->
                                h.execute(
                                        "UPDATE delivery_node SET expires_at = now() - interval '1 second' WHERE node_id = ?",
                                        leases.node()));
    }

    private boolean somebodyWaits() {
        return db.jdbi()
                .withHandle(
                        h ->
                                h.createQuery(
                                                "SELECT count(*) > 0 FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                                                        + " AND datname = current_database()")
                                        .mapTo(Boolean.class)
                                        .one());
    }

    /// The connection breaks at the commit.
    private static final class BrokenCommits extends LocalTransactionHandler {
        @Override
        public void commit(Handle handle) {
            handle.rollback();
            throw new TransactionException("the connection is gone");
        }
    }
}
