package io.coursewire.api;

import static io.helidon.http.Method.DELETE;
import static io.helidon.http.Method.GET;
import static io.helidon.http.Method.PATCH;
import static io.helidon.http.Method.POST;

import io.coursewire.catalog.Training;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.InvalidInput;
import io.coursewire.webhooks.EndpointId;
import io.coursewire.webhooks.Filter;
import io.coursewire.webhooks.Subscriptions;
import io.coursewire.webhooks.delivery.SendTest;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/// `/webhooks`: a client's subscriptions. A secret is shown when it is made and never again.
public final class WebhooksResource implements Resource {
    static final int OVERLAP_SECONDS_MAX = 30 * 24 * 3_600;
    private static final int OVERLAP_SECONDS_DEFAULT = 24 * 3_600;

    private final Subscriptions subscriptions;
    private final SendTest sendTest;
    private final Training training;

    public WebhooksResource(Subscriptions subscriptions, SendTest sendTest, Training training) {
        this.subscriptions = subscriptions;
        this.sendTest = sendTest;
        this.training = training;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.ofClient(POST, "/webhooks", (Route.Prepared) this::create).creates(),
                Route.ofClient(GET, "/webhooks", this::list).query("limit", "cursor"),
                Route.ofClient(GET, "/webhooks/{id}", this::get),
                Route.ofClient(PATCH, "/webhooks/{id}", this::change),
                Route.ofClient(DELETE, "/webhooks/{id}", this::delete),
                Route.ofClient(POST, "/webhooks/{id}/secret-rotations", this::rotate).creates(),
                Route.ofClient(POST, "/webhooks/{id}/tests", this::test).creates());
    }

    private Supplier<Answer> create(Call call) {
        var draft = WebhookBody.read(call.json(), filter -> check(call.client(), filter));
        var judged = subscriptions.judge(call.client(), draft);
        return () -> created(judged.get());
    }

    private static Answer created(Subscriptions.Outcome outcome) {
        return switch (outcome) {
            case Subscriptions.Outcome.Saved saved ->
                    Answer.created(
                            view(saved)
                                    .put(
                                            "secret",
                                            saved.subscription().secrets().current().text()));
            case Subscriptions.Outcome.UrlRefused refused ->
                    throw new InvalidInput(refused.field(), refused.reason() + ".");
            case Subscriptions.Outcome.TooMany _ ->
                    Answer.problem(
                            ProblemType.CONFLICT,
                            "A client may have %d webhooks. Delete one that is no longer used."
                                    .formatted(Subscriptions.PER_CLIENT_MAX));
            case Subscriptions.Outcome.Unknown _ -> Call.nothingHere();
        };
    }

    // A filter by what is not there would keep every event from its endpoint without a word.
    private void check(ClientId client, Filter filter) {
        refuse("activityIds", training.unknownActivities(client, ids(filter, "activityId")));
        refuse("itemIds", training.unknownItems(client, ids(filter, "itemId")));
    }

    private static List<UUID> ids(Filter filter, String attribute) {
        return filter.wanted().getOrDefault(attribute, List.of()).stream()
                .map(UUID::fromString)
                .toList();
    }

    private static void refuse(String field, List<UUID> unknown) {
        if (!unknown.isEmpty()) {
            throw new InvalidInput(
                    "/filter/" + field,
                    "holds ids that are of nothing of this client: %s."
                            .formatted(
                                    String.join(
                                            ", ", unknown.stream().map(UUID::toString).toList())));
        }
    }

    private Answer list(Call call) {
        return Answer.page(
                subscriptions.list(call.client(), call.query().limit(), call.query().cursor()),
                WebhookView::of);
    }

    private Answer get(Call call) {
        return Answer.ok(
                WebhookView.of(
                        subscriptions
                                .find(call.client(), endpoint(call))
                                .orElseThrow(Call::notFound)));
    }

    private Answer change(Call call) {
        var change = WebhookBody.readChange(call.json(), filter -> check(call.client(), filter));
        return switch (subscriptions.change(call.client(), endpoint(call), change)) {
            case Subscriptions.Outcome.Saved saved -> Answer.ok(view(saved));
            case Subscriptions.Outcome.UrlRefused refused ->
                    throw new InvalidInput(refused.field(), refused.reason() + ".");
            case Subscriptions.Outcome.TooMany _, Subscriptions.Outcome.Unknown _ ->
                    Call.nothingHere();
        };
    }

    private Answer delete(Call call) {
        return subscriptions.delete(call.client(), endpoint(call))
                ? Answer.noContent()
                : Call.nothingHere();
    }

    private Answer rotate(Call call) {
        var body = call.jsonIfAny();
        int overlapSeconds =
                body.optionalInteger("overlapSeconds", 0, OVERLAP_SECONDS_MAX)
                        .orElse(OVERLAP_SECONDS_DEFAULT);
        body.check();
        return subscriptions
                .rotate(call.client(), endpoint(call), Duration.ofSeconds(overlapSeconds))
                .map(
                        secrets ->
                                Answer.created(
                                        View.object()
                                                .put("secret", secrets.current().text())
                                                .put("publicKey", secrets.publicKey().text())))
                .orElseGet(Call::nothingHere);
    }

    private Answer test(Call call) {
        call.noFields();
        var prepared = sendTest.prepare(call.client(), endpoint(call));
        var standsStill = prepared.flatMap(test -> test.subscription().standsStill());
        if (standsStill.isPresent()) {
            return Answer.problem(
                    ProblemType.CONFLICT,
                    "The webhook stands still, as " + standsStill.get() + ".");
        }
        prepared.ifPresent(test -> call.afterwards(() -> sendTest.send(test)));
        return prepared.map(test -> View.object().put("deliveryId", test.id().text()))
                .map(Answer::accepted)
                .orElseGet(Call::nothingHere);
    }

    private static EndpointId endpoint(Call call) {
        return call.id("id", EndpointId::parse);
    }

    private static ObjectNode view(Subscriptions.Outcome.Saved saved) {
        var view = WebhookView.of(saved.subscription());
        saved.warning().ifPresent(warning -> view.putArray("warnings").add(warning));
        return view;
    }
}
