package io.coursewire.webhooks.delivery;

import io.coursewire.webhooks.ComposeRequest;
import io.coursewire.webhooks.DeliveryId;
import io.coursewire.webhooks.OutboxEvent;
import io.coursewire.webhooks.Subscription;
import io.coursewire.webhooks.Try;
import io.coursewire.webhooks.sending.Answer;
import io.coursewire.webhooks.sending.SendWebhook;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries one event to one endpoint: composes, sends, and logs the try in one line.
public final class Courier {
    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);

    private final ComposeRequest compose;
    private final SendWebhook send;
    private final InstantSource clock;

    public Courier(ComposeRequest compose, SendWebhook send, InstantSource clock) {
        this.compose = compose;
        this.send = send;
        this.clock = clock;
    }

    /// Blocks until the answer or the deadline.
    public Try carry(Subscription subscription, OutboxEvent event) {
        Instant at = clock.instant();
        long startNanos = System.nanoTime();
        Answer answer = send.send(compose.compose(subscription, event, at));
        var result = new Try(at, (System.nanoTime() - startNanos) / 1_000_000, answer);
        log(subscription, event, result);
        return result;
    }

    private static void log(Subscription subscription, OutboxEvent event, Try tried) {
        var line =
                LOG.atDebug()
                        .addKeyValue("client", subscription.client())
                        .addKeyValue("endpoint", subscription.id())
                        .addKeyValue("delivery", new DeliveryId(event.id(), subscription.id()))
                        .addKeyValue("event", event.type())
                        .addKeyValue("durationMillis", tried.durationMillis());
        switch (tried.answer()) {
            case Answer.Status status ->
                    line.addKeyValue("status", status.code()).log("webhook answered");
            case Answer.None none ->
                    line.addKeyValue("error", none.message()).log("webhook not answered");
        }
    }
}
