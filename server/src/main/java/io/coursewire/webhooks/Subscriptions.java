package io.coursewire.webhooks;

import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.Cursor;
import io.coursewire.kernel.Page;
import io.coursewire.webhooks.sending.AddressGuard;
import io.coursewire.webhooks.sending.AddressGuard.Judgement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Jdbi;

/// A client's subscriptions: made, read, changed, deleted. A change holds for every event that is fanned
/// out after it.
public final class Subscriptions {
    public static final int PER_CLIENT_MAX = 500;

    private final Jdbi jdbi;
    private final SubscriptionStore store;
    private final AddressGuard guard;
    private final InstantSource clock;
    private final Runnable onChange;

    /// `onChange` tells delivery to look again.
    public Subscriptions(
            Jdbi jdbi,
            SubscriptionStore store,
            AddressGuard guard,
            InstantSource clock,
            Runnable onChange) {
        this.jdbi = jdbi;
        this.store = store;
        this.guard = guard;
        this.clock = clock;
        this.onChange = onChange;
    }

    /// What a caller asks for. Without a word on `enabled` it stays as it is, and on for what is new.
    public record Draft(
            SubscriptionSettings settings, Credentials credentials, Optional<Boolean> enabled) {}

    public sealed interface Outcome {
        /// `warning` says what may go wrong later.
        record Saved(Subscription subscription, Optional<String> warning) implements Outcome {}

        /// `field` is where the URL stands in the request.
        record UrlRefused(String field, String reason) implements Outcome {}

        record TooMany() implements Outcome {}

        record Unknown() implements Outcome {}
    }

    public Outcome create(ClientId client, Draft draft) {
        return judge(client, draft).get();
    }

    /// Judges the addresses of a subscription, which takes as long as names do, to no other effect; what is returned makes it.
    public Supplier<Outcome> judge(ClientId client, Draft draft) {
        return judge(urls(draft), warning -> insert(client, draft, warning));
    }

    public Optional<Subscription> find(ClientId client, EndpointId id) {
        return jdbi.withHandle(db -> store.find(db, client, id));
    }

    public Page<Subscription> list(ClientId client, int limit, Optional<String> cursor) {
        Optional<EndpointId> after =
                cursor.map(text -> Cursor.parse(text, 1).part(0, EndpointId::parse));
        List<Subscription> found = jdbi.withHandle(db -> store.list(db, client, after, limit + 1));
        boolean more = found.size() > limit;
        List<Subscription> items = more ? found.subList(0, limit) : found;
        return new Page<>(
                items,
                more ? Optional.of(Cursor.of(items.getLast().id()).text()) : Optional.empty());
    }

    /// `change` is given what holds now. A URL is judged when it changes; enabling forgets past failures.
    public Outcome change(ClientId client, EndpointId id, UnaryOperator<Draft> change) {
        Optional<Subscription> before = find(client, id);
        if (before.isEmpty()) {
            return new Outcome.Unknown();
        }
        Map<String, String> urls = urls(change.apply(draftOf(before.get())));
        urls.values().removeAll(urls(draftOf(before.get())).values());
        return judge(urls, warning -> update(client, id, change, warning)).get();
    }

    /// What waits is cancelled soon after. False when there is none.
    public boolean delete(ClientId client, EndpointId id) {
        boolean deleted = jdbi.inTransaction(db -> store.delete(db, client, id, clock.instant()));
        onChange.run();
        return deleted;
    }

    /// A new secret and a new key pair; the old ones go on signing beside them until the overlap ends.
    public Optional<SubscriptionSecrets> rotate(ClientId client, EndpointId id, Duration overlap) {
        Instant now = clock.instant();
        Optional<SubscriptionSecrets> rotated =
                jdbi.inTransaction(
                        db -> {
                            var locked = store.lock(db, client, id);
                            var changed =
                                    locked.map(
                                            s ->
                                                    s.with(
                                                            s.secrets()
                                                                    .rotated(
                                                                            now, now.plus(overlap)),
                                                            now));
                            changed.ifPresent(s -> store.update(db, s));
                            return changed.map(Subscription::secrets);
                        });
        onChange.run();
        return rotated;
    }

    /// Every address that is called, by where it stands in the request.
    private static Map<String, String> urls(Draft draft) {
        Map<String, String> urls = new LinkedHashMap<>();
        urls.put("/url", draft.settings().url());
        draft.credentials().oauth2().ifPresent(o -> urls.put("/oauth2/tokenUrl", o.tokenUrl()));
        return urls;
    }

    // Outside of any transaction: judging resolves names.
    private Supplier<Outcome> judge(
            Map<String, String> urls, Function<Optional<String>, Outcome> otherwise) {
        Optional<String> warning = Optional.empty();
        for (var url : urls.entrySet()) {
            switch (guard.judge(url.getValue())) {
                case Judgement.Refused refused -> {
                    return () -> new Outcome.UrlRefused(url.getKey(), refused.reason());
                }
                case Judgement.Unresolved unresolved -> warning = Optional.of(unresolved.warning());
                case Judgement.Accepted _ -> {}
            }
        }
        Optional<String> told = warning;
        return () -> otherwise.apply(told);
    }

    private Outcome insert(ClientId client, Draft draft, Optional<String> warning) {
        Instant now = clock.instant();
        var subscription =
                new Subscription(
                        client,
                        EndpointId.next(),
                        draft.settings(),
                        SubscriptionSecrets.first(draft.credentials()),
                        draft.enabled().orElse(true)
                                ? EndpointHealth.GOOD
                                : EndpointHealth.disabled(EndpointHealth.REASON_BY_HAND, now),
                        now,
                        now);
        boolean room =
                jdbi.inTransaction(
                        db -> {
                            store.awaitTurn(db);
                            boolean free = store.count(db, client) < PER_CLIENT_MAX;
                            if (free) {
                                store.insert(db, subscription);
                            }
                            return free;
                        });
        onChange.run();
        return room ? new Outcome.Saved(subscription, warning) : new Outcome.TooMany();
    }

    private Outcome update(
            ClientId client, EndpointId id, UnaryOperator<Draft> change, Optional<String> warning) {
        Instant now = clock.instant();
        Optional<Subscription> after =
                jdbi.inTransaction(
                        db -> {
                            var changed =
                                    store.lock(db, client, id)
                                            .map(s -> changed(s, change.apply(draftOf(s)), now));
                            changed.ifPresent(s -> store.update(db, s));
                            return changed;
                        });
        onChange.run();
        return after.<Outcome>map(s -> new Outcome.Saved(s, warning))
                .orElseGet(Outcome.Unknown::new);
    }

    private static Draft draftOf(Subscription subscription) {
        return new Draft(
                subscription.settings(), subscription.secrets().credentials(), Optional.empty());
    }

    private static Subscription changed(Subscription before, Draft draft, Instant now) {
        EndpointHealth health = before.health();
        boolean on = draft.enabled().orElse(health.enabled());
        if (on && !health.enabled()) {
            health = EndpointHealth.GOOD;
        } else if (draft.enabled().isPresent() && !on && health.accepts()) {
            // Also where it is off already, for failing: it is not to be probed then.
            health = EndpointHealth.disabled(EndpointHealth.REASON_BY_HAND, now);
        }
        return before.with(draft.settings(), now)
                .with(before.secrets().with(draft.credentials()), now)
                .with(health, now);
    }
}
