package io.coursewire.api;

import static io.helidon.http.Method.GET;
import static io.helidon.http.Method.POST;

import io.coursewire.kernel.Json;
import io.coursewire.kernel.Uuid;
import io.coursewire.webhooks.Deliveries;
import io.coursewire.webhooks.DeliveryFilter;
import io.coursewire.webhooks.DeliveryId;
import io.coursewire.webhooks.DeliveryState;
import io.coursewire.webhooks.DeliveryView;
import io.coursewire.webhooks.EndpointId;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/// The delivery log of a webhook, and trying one of its deliveries again.
public final class DeliveriesResource implements Resource {
    private final Deliveries deliveries;

    public DeliveriesResource(Deliveries deliveries) {
        this.deliveries = deliveries;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.ofClient(GET, "/webhooks/{id}/deliveries", this::list)
                        .query("state", "attemptId", "since", "limit", "cursor"),
                Route.ofClient(POST, "/deliveries/{id}/retries", this::retry).creates());
    }

    private Answer list(Call call) {
        var query = call.query();
        var filter =
                new DeliveryFilter(
                        query.word("state", DeliveryState.BY_WORD),
                        query.parsed("attemptId", Uuid::parse, "an attempt's id, a UUID"),
                        query.instant("since"));
        var endpoint = call.id("id", EndpointId::parse);
        return deliveries
                .list(call.client(), endpoint, filter, query.limit(), query.cursor())
                .map(page -> Answer.page(page, DeliveriesResource::view))
                .orElseGet(Call::nothingHere);
    }

    private Answer retry(Call call) {
        call.noFields();
        var id = call.id("id", DeliveryId::parse);
        return switch (deliveries.retry(call.client(), id)) {
            case ASKED_FOR ->
                    Answer.accepted(
                            View.object()
                                    .put("id", id.text())
                                    .put("state", DeliveryState.PENDING.word()));
            case UNKNOWN -> Call.nothingHere();
            case DISABLED ->
                    Answer.problem(
                            ProblemType.CONFLICT,
                            "The webhook is disabled. Enable it first with PATCH {\"enabled\": true}; what waits is sent then.");
            case NOT_POSSIBLE ->
                    Answer.problem(
                            ProblemType.CONFLICT,
                            "What this delivery carried is no longer stored, or was a test. Send another test with POST /webhooks/{id}/tests.");
        };
    }

    private static JsonNode view(DeliveryView delivery) {
        var view =
                View.object()
                        .put("id", delivery.id().text())
                        .put("messageId", delivery.id().event().toString())
                        .put("event", delivery.event())
                        .put("attemptId", delivery.attempt().map(UUID::toString).orElse(null));
        if (delivery.attempt().isPresent()) {
            view.put("attemptVersion", delivery.version());
        } else {
            view.putNull("attemptVersion");
        }
        view.put("state", delivery.state().word());
        view.set("tries", Json.MAPPER.readTree(delivery.tries()));
        return view.put("nextTryAt", delivery.nextTryAt().map(Object::toString).orElse(null));
    }
}
