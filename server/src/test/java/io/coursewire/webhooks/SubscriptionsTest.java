package io.coursewire.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.storage.LockQueue;
import io.coursewire.storage.TestDatabase;
import io.coursewire.webhooks.Subscriptions.Draft;
import io.coursewire.webhooks.delivery.Scene;
import io.coursewire.webhooks.sending.AddressBlock;
import io.coursewire.webhooks.sending.AddressGuard;
import io.coursewire.webhooks.sending.Names;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SubscriptionsTest {
    @RegisterExtension static final TestDatabase db = TestDatabase.migrated();

    private static final String URL = "http://127.0.0.1:1/hook";

    private final Scene scene = new Scene(db.jdbi());
    private final SubscriptionStore store = new SubscriptionStore(Scene.KEY);
    private final Subscriptions subscriptions =
            new Subscriptions(
                    db.jdbi(),
                    store,
                    new AddressGuard(
                            List.of(AddressBlock.parse("127.0.0.0/8", "")), Names.system()),
                    Clock.systemUTC(),
                    () -> {});

    @Test
    void a_change_and_what_is_seen_while_delivering_never_wait_for_each_other() throws Exception {
        var one = scene.subscription(URL);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var changing = db.jdbi().open()) {
            changing.begin();
            var locked = store.lock(changing, scene.client(), one.id()).orElseThrow();
            var seen =
                    threads.submit(
                            () ->
                                    db.jdbi()
                                            .useTransaction(
                                                    h ->
                                                            store.failing(
                                                                    h,
                                                                    scene.client(),
                                                                    one.id(),
                                                                    Instant.now(),
                                                                    Optional.empty())));
            LockQueue.awaitOneFor(changing, db);
            store.update(changing, locked);
            changing.commit();
            seen.get();
        }
        assertThat(find(one).health().failingSince()).isPresent();
    }

    @Test
    void there_are_no_more_than_may_be_however_many_are_made_at_once() throws Exception {
        var settings = GivenSubscription.settings(URL, Optional.empty());
        for (int n = 1; n < Subscriptions.PER_CLIENT_MAX; n++) {
            scene.subscription(URL);
        }
        Callable<Subscriptions.Outcome> create =
                () ->
                        subscriptions.create(
                                scene.client(),
                                new Draft(settings, Credentials.NONE, Optional.empty()));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var made = threads.invokeAll(Stream.generate(() -> create).limit(8).toList());
            assertThat(made)
                    .filteredOn(one -> one.resultNow() instanceof Subscriptions.Outcome.Saved)
                    .hasSize(1);
        }
    }

    @Test
    void one_that_is_off_for_failing_is_off_by_hand_once_someone_says_so() {
        var one = scene.subscription(URL);
        var off = EndpointHealth.disabled(EndpointHealth.REASON_FAILING, Instant.now());
        GivenSubscription.update(db.jdbi(), Scene.KEY, one.with(off, Instant.now()));
        say(one, Optional.empty());
        assertThat(find(one).health().disabledReason()).contains(EndpointHealth.REASON_FAILING);
        say(one, Optional.of(false));
        assertThat(find(one).health().disabledReason()).contains(EndpointHealth.REASON_BY_HAND);
        say(one, Optional.empty());
        assertThat(find(one).health().disabledReason()).contains(EndpointHealth.REASON_BY_HAND);
        say(one, Optional.of(true));
        assertThat(find(one).health().enabled()).isTrue();
    }

    private void say(Subscription one, Optional<Boolean> enabled) {
        subscriptions.change(
                scene.client(),
                one.id(),
                before -> new Draft(before.settings(), before.credentials(), enabled));
    }

    private Subscription find(Subscription one) {
        return subscriptions.find(scene.client(), one.id()).orElseThrow();
    }
}
