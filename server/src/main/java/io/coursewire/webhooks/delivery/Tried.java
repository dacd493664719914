package io.coursewire.webhooks.delivery;

import io.coursewire.webhooks.OutboxEvent;
import io.coursewire.webhooks.Subscription;
import io.coursewire.webhooks.Try;
import java.time.Duration;

/// One try, with all that it was about: for the log and for metrics.
public record Tried(Subscription subscription, OutboxEvent event, Try result) {
    /// delivered, failed, busy or gone.
    public String outcome() {
        return switch (Verdict.of(result.answer(), result.at())) {
            case Verdict.Delivered _ -> "delivered";
            case Verdict.Failed _ -> "failed";
            case Verdict.Busy _ -> "busy";
            case Verdict.Gone _ -> "gone";
        };
    }

    public boolean isDelivered() {
        return outcome().equals("delivered");
    }

    /// From the event to its answer; none where another node's clock, or this one before a step, was ahead.
    public Duration sinceEvent() {
        var since = Duration.between(event.at(), result.at().plusMillis(result.durationMillis()));
        return since.isNegative() ? Duration.ZERO : since;
    }
}
