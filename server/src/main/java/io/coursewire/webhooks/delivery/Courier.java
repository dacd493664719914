package io.coursewire.webhooks.delivery;

import io.coursewire.webhooks.ComposeRequest;
import io.coursewire.webhooks.DeliveryId;
import io.coursewire.webhooks.OutboxEvent;
import io.coursewire.webhooks.Subscription;
import io.coursewire.webhooks.Try;
import io.coursewire.webhooks.sending.Answer;
import io.coursewire.webhooks.sending.SendWebhook;
import io.coursewire.webhooks.sending.WebhookRequest;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// Carries one event to one endpoint: composes, sends, and logs the try in one line.
public final class Courier {
    private static final int UNAUTHORIZED = 401;
    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);

    private final ComposeRequest compose;
    private final SendWebhook send;
    private final InstantSource clock;
    private final Consumer<Tried> onTry;
    private final AccessTokens tokens;

    public Courier(ComposeRequest compose, SendWebhook send, InstantSource clock) {
        this(compose, send, clock, _ -> {});
    }

    /// `onTry` hears of every try, on the thread that made it.
    public Courier(
            ComposeRequest compose, SendWebhook send, InstantSource clock, Consumer<Tried> onTry) {
        this.onTry = onTry;
        this.tokens = new AccessTokens(send, clock);
        this.compose = compose;
        this.send = send;
        this.clock = clock;
    }

    /// Blocks until the answer or the deadline. Never throws: whoever carries on after a try would stand still for good.
    public Try carry(Subscription subscription, OutboxEvent event) {
        Instant at = clock.instant();
        long startNanos = System.nanoTime();
        Answer answer = answer(subscription, event, at);
        var result = new Try(at, (System.nanoTime() - startNanos) / 1_000_000, answer);
        try {
            var tried = new Tried(subscription, event, result);
            onTry.accept(tried);
            log(tried);
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("a try of a webhook could not be told of");
        }
        return result;
    }

    private Answer answer(Subscription subscription, OutboxEvent event, Instant at) {
        try {
            return send(subscription, compose.compose(subscription, event, at));
        } catch (RuntimeException e) {
            LOG.atError()
                    .setCause(e)
                    .addKeyValue("client", subscription.client())
                    .addKeyValue("webhook", subscription.id())
                    .addKeyValue("message", event.id())
                    .log("a webhook could not be sent, through a fault of ours");
            return new Answer.None("not sent, through a fault of ours: " + e);
        }
    }

    private Answer send(Subscription subscription, WebhookRequest request) {
        var oauth2 = subscription.secrets().credentials().oauth2();
        if (oauth2.isEmpty()) {
            return send.send(request);
        }
        return switch (tokens.token(subscription, oauth2.get())) {
            case AccessTokens.Outcome.Refused refused -> new Answer.None(refused.why());
            case AccessTokens.Outcome.Granted granted -> {
                Answer answer =
                        send.send(request.with("authorization", "Bearer " + granted.token()));
                if (answer instanceof Answer.Status status && status.code() == UNAUTHORIZED) {
                    tokens.forget(subscription.id());
                }
                yield answer;
            }
        };
    }

    // The rest of an address may be a secret: of chat rooms it is.
    private static String host(Subscription subscription) {
        return URI.create(subscription.settings().url()).getAuthority();
    }

    // One wide line per try: what arrived is for those who look closely, the rest for everyone.
    private static void log(Tried tried) {
        var level = tried.isDelivered() ? Level.DEBUG : Level.INFO;
        if (!LOG.isEnabledForLevel(level)) {
            return;
        }
        Subscription subscription = tried.subscription();
        OutboxEvent event = tried.event();
        var line =
                LOG.atLevel(level)
                        .addKeyValue("client", subscription.client())
                        .addKeyValue("webhook", subscription.id())
                        .addKeyValue("host", host(subscription))
                        .addKeyValue("message", event.id())
                        .addKeyValue("delivery", new DeliveryId(event.id(), subscription.id()))
                        .addKeyValue("event", event.type())
                        .addKeyValue("attempt", event.attempt().map(UUID::toString).orElse(""))
                        .addKeyValue("version", event.version())
                        .addKeyValue("bytes", event.payload().length)
                        .addKeyValue("outcome", tried.outcome())
                        .addKeyValue("ageMillis", tried.sinceEvent().toMillis())
                        .addKeyValue("durationMillis", tried.result().durationMillis());
        switch (tried.result().answer()) {
            case Answer.Status status ->
                    line.addKeyValue("status", status.code()).log("webhook answered");
            case Answer.None none ->
                    line.addKeyValue("error", none.message()).log("webhook not answered");
        }
    }
}
