package io.coursewire.webhooks.explain;

import io.coursewire.kernel.Json;
import io.coursewire.webhooks.EndpointHealth;
import io.coursewire.webhooks.EventType;
import io.coursewire.webhooks.OutboxEvent;
import io.coursewire.webhooks.explain.Explained.Because;
import io.coursewire.webhooks.sending.AddressRefused;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/// Tells why an event is where it is. Pure: from what the tables say, and the time.
final class ExplainRules {
    private ExplainRules() {}

    static Because explain(OutboxEvent event, boolean fannedOut, EndpointFacts facts, Instant now) {
        return facts.record()
                .map(record -> recorded(record, facts.health(), now))
                .orElseGet(() -> unrecorded(event, fannedOut, facts));
    }

    private static Because recorded(
            EndpointFacts.Record record, EndpointHealth health, Instant now) {
        JsonNode tries = Json.MAPPER.readTree(record.tries());
        return switch (record.state()) {
            case DELIVERED -> because(Reason.DELIVERED, "Delivered: " + last(tries));
            case SUPERSEDED ->
                    because(
                            Reason.SUPERSEDED,
                            "A later event of the same attempt took its place before it could be delivered.");
            case DEAD ->
                    because(
                            Reason.TRIES_USED_UP,
                            "All tries failed (%d); the last one: %s"
                                    .formatted(tries.size(), last(tries)));
            case CANCELLED ->
                    because(
                            Reason.CANCELLED,
                            "The webhook was deleted before the event could be delivered.");
            case PENDING -> pending(record, tries, health, now);
        };
    }

    private static Because pending(
            EndpointFacts.Record record, JsonNode tries, EndpointHealth health, Instant now) {
        if (!health.enabled()) {
            return because(
                    Reason.WAITS_WHILE_DISABLED,
                    "Waits: the webhook is disabled (%s)."
                            .formatted(health.disabledReason().orElse("no reason")));
        }
        if (isBlocked(tries)) {
            return because(Reason.BLOCKED_ADDRESS, "Waits; the last try: " + last(tries));
        }
        Optional<Instant> paused = health.pausedUntil().filter(now::isBefore);
        if (paused.isPresent()) {
            return because(
                    Reason.WAITS_WHILE_PAUSED,
                    "Waits until %s: the endpoint failed again and again, or asked for patience."
                            .formatted(paused.get()));
        }
        return tries.isEmpty()
                ? because(
                        Reason.WAITS_BEHIND_OTHERS,
                        "Waits behind earlier events of the same participant and activity.")
                : because(
                        Reason.WAITS_FOR_RETRY,
                        "Tried %d times; the last one: %s Next at %s."
                                .formatted(
                                        tries.size(),
                                        last(tries),
                                        record.nextTryAt()
                                                .map(Instant::toString)
                                                .orElse("any moment")));
    }

    private static Because unrecorded(OutboxEvent event, boolean fannedOut, EndpointFacts facts) {
        if (!fannedOut) {
            return because(
                    Reason.NOT_FANNED_OUT_YET,
                    "The event is stored and about to be given to the webhooks that want it.");
        }
        if (facts.then().isEmpty()) {
            return because(Reason.MADE_LATER, "The webhook was made after the event happened.");
        }
        EndpointFacts.Then then = facts.then().get();
        if (!then.accepts()) {
            return because(
                    Reason.SWITCHED_OFF, "The webhook was switched off when the event happened.");
        }
        if (!then.events().contains(EventType.EVERY) && !then.events().contains(event.type())) {
            return because(
                    Reason.NOT_SUBSCRIBED,
                    "%s was not among the events of the webhook then: %s."
                            .formatted(
                                    event.type(), String.join(", ", new TreeSet<>(then.events()))));
        }
        return filtered(event.attributes(), then.filter().wanted())
                .orElseGet(
                        () ->
                                because(
                                        Reason.NO_RECORD,
                                        "No record: it is older than retention, or the webhook was changed at that very moment."));
    }

    private static Optional<Because> filtered(
            Map<String, String> attributes, Map<String, List<String>> wanted) {
        return wanted.entrySet().stream()
                .filter(
                        entry ->
                                attributes.containsKey(entry.getKey())
                                        && !entry.getValue()
                                                .contains(attributes.get(entry.getKey())))
                .map(
                        entry ->
                                because(
                                        Reason.FILTERED,
                                        "The filter held it back: %s is %s, wanted were %s."
                                                .formatted(
                                                        entry.getKey(),
                                                        attributes.get(entry.getKey()),
                                                        String.join(", ", entry.getValue()))))
                .findFirst();
    }

    private static boolean isBlocked(JsonNode tries) {
        return !tries.isEmpty()
                && AddressRefused.isTold(tries.get(tries.size() - 1).path("error").asString(""));
    }

    /// A sentence about the last of the tries.
    private static String last(JsonNode tries) {
        if (tries.isEmpty()) {
            return "there is no record of a try.";
        }
        JsonNode last = tries.get(tries.size() - 1);
        String what =
                last.path("statusCode").isNumber()
                        ? "answered " + last.get("statusCode").asInt()
                        : last.path("error").asString("no answer");
        return "%s, at %s.".formatted(what, last.path("at").asString("an unknown time"));
    }

    private static Because because(Reason reason, String detail) {
        return new Because(reason, detail);
    }
}
