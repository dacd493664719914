package io.coursewire.api;

import static io.helidon.http.Method.DELETE;
import static io.helidon.http.Method.POST;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import io.coursewire.catalog.ActivityRef;
import io.coursewire.catalog.ItemRef;
import io.coursewire.catalog.ReturnOrigin;
import io.coursewire.catalog.UserRef;
import io.coursewire.kernel.AttemptId;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.InvalidInput;
import io.coursewire.kernel.JsonFields;
import io.coursewire.kernel.LaunchId;
import io.coursewire.runtime.Mode;
import io.coursewire.runtime.launch.CloseSessions;
import io.coursewire.runtime.launch.CreateLaunch;
import io.coursewire.runtime.launch.LaunchOutcome;
import io.coursewire.runtime.launch.LaunchRequest;
import io.coursewire.runtime.launch.LaunchRequest.AttemptChoice;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// `/launches`: links that open content for one participant.
public final class LaunchesResource implements Resource {
    private static final int URL_CHARS_MAX = 2_000;
    private static final Map<String, Mode> MODES =
            Arrays.stream(Mode.values()).collect(toMap(Mode::word, identity()));
    private static final Map<String, AttemptChoice> CHOICES =
            Map.of("resume", AttemptChoice.RESUME, "new", AttemptChoice.NEW);

    private final CreateLaunch createLaunch;
    private final CloseSessions closeSessions;
    private final References references;

    public LaunchesResource(
            CreateLaunch createLaunch, CloseSessions closeSessions, References references) {
        this.createLaunch = createLaunch;
        this.closeSessions = closeSessions;
        this.references = references;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.ofClient(POST, "/launches", this::create).creates(),
                Route.ofClient(DELETE, "/launches/{launchId}", this::revoke));
    }

    /// Who wants to open what, by the names that the body gives them.
    private record Wish(
            Optional<UserRef> user,
            Optional<ItemRef> item,
            Optional<ActivityRef> activity,
            Choices choices) {}

    private record Choices(
            AttemptChoice attempt, Mode mode, Optional<String> returnUrl, Duration validFor) {}

    private Answer create(Call call) {
        var wish = wish(call.json());
        return answer(createLaunch.create(call.client(), request(call.client(), wish)));
    }

    private Answer revoke(Call call) {
        return closeSessions.revoke(call.client(), call.id("launchId", LaunchId::parse))
                ? Answer.noContent()
                : Call.nothingHere();
    }

    private static Wish wish(JsonFields body) {
        var wish =
                new Wish(
                        References.user(body.object("user")),
                        body.optionalObject("item").flatMap(References::item),
                        body.optionalObject("activity").flatMap(References::activity),
                        choices(body));
        if (!body.hasValue("item") && !body.hasValue("activity")) {
            body.rejectWhole("The body needs \"item\" or \"activity\", or both.");
        }
        body.check();
        return wish;
    }

    private static Choices choices(JsonFields body) {
        int validSecondsMax = Math.toIntExact(LaunchRequest.VALID_MAX.toSeconds());
        return new Choices(
                body.optionalWord("attempt", CHOICES).orElse(AttemptChoice.RESUME_OR_NEW),
                body.optionalWord("mode", MODES).orElse(Mode.NORMAL),
                returnUrl(body),
                body.optionalInteger("expiresInSeconds", 1, validSecondsMax)
                        .map(Duration::ofSeconds)
                        .orElse(LaunchRequest.VALID_DEFAULT));
    }

    private static Optional<String> returnUrl(JsonFields body) {
        var url = body.optionalText("returnUrl", URL_CHARS_MAX);
        if (url.isPresent() && url.flatMap(ReturnOrigin::of).isEmpty()) {
            body.reject("returnUrl", "must be an http or https URL, without credentials.");
        }
        return url;
    }

    private LaunchRequest request(ClientId client, Wish wish) {
        var user = references.follow(client, wish.user().orElseThrow());
        var activity = wish.activity().map(ref -> references.follow(client, ref).id());
        var item = wish.item().map(ref -> references.follow(client, ref, activity));
        return new LaunchRequest(
                user.id(),
                activity.orElseGet(() -> item.orElseThrow().activity()),
                item.map(found -> found.id()),
                wish.choices().attempt(),
                wish.choices().mode(),
                wish.choices().returnUrl(),
                wish.choices().validFor());
    }

    private static Answer answer(LaunchOutcome outcome) {
        return switch (outcome) {
            case LaunchOutcome.Created created -> Answer.created(view(created));
            case LaunchOutcome.NothingToOpen nothing -> conflict(nothing.reason());
            case LaunchOutcome.NothingToResume _ ->
                    conflict(
                            "There is no attempt that is not final. Leave \"attempt\" out, or ask for \"new\".");
            case LaunchOutcome.NothingToReview _ ->
                    conflict("There is no final attempt to review.");
            case LaunchOutcome.ReturnUrlRefused refused ->
                    throw new InvalidInput("/returnUrl", notAllowed(refused.allowedOrigins()));
        };
    }

    private static Answer conflict(String detail) {
        return Answer.problem(ProblemType.CONFLICT, detail);
    }

    private static String notAllowed(List<String> allowed) {
        return "must be on one of the client's returnOrigins ("
                + (allowed.isEmpty() ? "it has none" : String.join(", ", allowed))
                + ").";
    }

    private static ObjectNode view(LaunchOutcome.Created created) {
        return View.object()
                .put("launchId", created.id().toString())
                .put("launchUrl", created.launchUrl())
                .put("attemptId", created.attempt().map(AttemptId::toString).orElse(null))
                .put("attemptNumber", created.attemptNumber().orElse(null))
                .put("expiresAt", created.expiresAt().toString());
    }
}
