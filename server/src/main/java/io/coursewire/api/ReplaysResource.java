package io.coursewire.api;

import static io.helidon.http.Method.DELETE;
import static io.helidon.http.Method.GET;
import static io.helidon.http.Method.POST;

import io.coursewire.kernel.JsonFields;
import io.coursewire.kernel.Uuid;
import io.coursewire.webhooks.EndpointId;
import io.coursewire.webhooks.EventType;
import io.coursewire.webhooks.replay.Replay;
import io.coursewire.webhooks.replay.ReplayRequest;
import io.coursewire.webhooks.replay.Replays;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/// `/webhooks/{id}/replays`: sending past events again.
public final class ReplaysResource implements Resource {
    private static final int WORD_CHARS_MAX = 100;

    private final Replays replays;
    private final InstantSource clock;

    public ReplaysResource(Replays replays, InstantSource clock) {
        this.replays = replays;
        this.clock = clock;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.ofClient(POST, "/webhooks/{id}/replays", (Route.Prepared) this::create)
                        .creates(),
                Route.ofClient(GET, "/webhooks/{id}/replays", this::list).query("limit", "cursor"),
                Route.ofClient(GET, "/webhooks/{id}/replays/{replayId}", this::get),
                Route.ofClient(DELETE, "/webhooks/{id}/replays/{replayId}", this::cancel));
    }

    private Supplier<Answer> create(Call call) {
        var body = call.json();
        boolean dryRun = body.optionalFlag("dryRun").orElse(false);
        var request = request(body);
        body.check();
        if (dryRun) {
            var previewed = replays.preview(call.client(), endpoint(call), request);
            return () -> answer(previewed);
        }
        var counted = replays.counted(call.client(), endpoint(call), request);
        return () -> answer(counted.get());
    }

    private static Answer answer(Replays.Outcome outcome) {
        return switch (outcome) {
            case Replays.Outcome.Previewed previewed -> {
                var view = View.object().putNull("id").put("count", previewed.preview().total());
                var byState = view.putObject("countByState");
                previewed.preview().byState().forEach(byState::put);
                yield Answer.accepted(view);
            }
            case Replays.Outcome.Made made ->
                    Answer.accepted(
                            View.object()
                                    .put("id", made.replay().id().toString())
                                    .put("count", made.replay().progress().total()));
            case Replays.Outcome.Busy busy ->
                    Answer.problem(
                            ProblemType.CONFLICT,
                            "Replay %s of this webhook is under way. Wait for its end, or cancel it with DELETE."
                                    .formatted(busy.running()));
            case Replays.Outcome.Disabled disabled ->
                    Answer.problem(
                            ProblemType.CONFLICT,
                            "The webhook is disabled (%s). Enable it first with PATCH {\"enabled\": true}."
                                    .formatted(disabled.reason()));
            case Replays.Outcome.Unknown _ -> Call.nothingHere();
        };
    }

    private Answer list(Call call) {
        return replays.list(
                        call.client(), endpoint(call), call.query().limit(), call.query().cursor())
                .map(page -> Answer.page(page, ReplaysResource::view))
                .orElseGet(Call::nothingHere);
    }

    private Answer get(Call call) {
        return replays.find(call.client(), endpoint(call), replay(call))
                .map(found -> Answer.ok(view(found)))
                .orElseGet(Call::nothingHere);
    }

    private Answer cancel(Call call) {
        return replays.cancel(call.client(), endpoint(call), replay(call))
                ? Answer.noContent()
                : Call.nothingHere();
    }

    private ReplayRequest request(JsonFields body) {
        Instant now = clock.instant();
        Instant since = body.required("since", body.optionalInstant("since")).orElse(now);
        Instant until = body.optionalInstant("until").filter(now::isAfter).orElse(now);
        if (body.hasValue("until") && until.isBefore(since)) {
            body.reject("until", "must not be before since.");
        }
        Set<String> states = words(body, "states", ReplayRequest.STATES);
        return new ReplayRequest(
                since,
                until,
                states.isEmpty() ? ReplayRequest.SETTLED : states,
                words(body, "events", EventType.SUBSCRIBABLE),
                body.optionalInteger("maxPerSecond", 1, ReplayRequest.PER_SECOND_MAX)
                        .orElse(ReplayRequest.PER_SECOND_DEFAULT));
    }

    private static Set<String> words(JsonFields body, String name, List<String> vocabulary) {
        List<String> words = body.texts(name, vocabulary.size(), WORD_CHARS_MAX);
        words.stream()
                .filter(word -> !vocabulary.contains(word))
                .forEach(
                        word ->
                                body.reject(
                                        name,
                                        "\"%s\" is none of %s."
                                                .formatted(word, String.join(", ", vocabulary))));
        return new HashSet<>(words);
    }

    private static ObjectNode view(Replay replay) {
        var request = replay.request();
        var progress = replay.progress();
        var view =
                View.object()
                        .put("id", replay.id().toString())
                        .put("state", progress.state().word())
                        .put("reason", progress.reason().orElse(null))
                        .put("since", request.since().toString())
                        .put("until", request.until().toString());
        var states = view.putArray("states");
        request.states().stream().sorted().forEach(states::add);
        var events = view.putArray("events");
        request.events().stream().sorted().forEach(events::add);
        return view.put("maxPerSecond", request.maxPerSecond())
                .put("count", progress.total())
                .put("delivered", progress.delivered())
                .put("failed", progress.failed())
                .put("createdAt", progress.createdAt().toString())
                .put("finishedAt", progress.finishedAt().map(Instant::toString).orElse(null));
    }

    private static EndpointId endpoint(Call call) {
        return call.id("id", EndpointId::parse);
    }

    private static UUID replay(Call call) {
        return call.id("replayId", Uuid::parse);
    }
}
