package io.coursewire.api;

import io.coursewire.attempts.Status;
import io.coursewire.kernel.ItemId;
import io.coursewire.kernel.Json;
import io.coursewire.kernel.SessionId;
import io.coursewire.runtime.launch.CommitOutcome;
import io.coursewire.runtime.launch.CommitRequest;
import io.coursewire.runtime.launch.LaunchTokens;
import io.coursewire.runtime.launch.OpenOutcome;
import io.coursewire.runtime.launch.OpenSession;
import io.coursewire.runtime.launch.RedeemLaunch;
import io.helidon.http.Method;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What the player says to the server, on the content origin. The unguessable token in the path is the
/// only credential.
public final class PlayResource implements Resource {
    private static final int REQUEST_CHARS_MAX = 4_000;
    private static final int REDEEMER_CHARS_MAX = 100;

    private final RedeemLaunch redeemLaunch;
    private final OpenSession openSession;
    private final LaunchTokens tokens;
    private final Function<CommitRequest, CommitOutcome> commit;

    /// `commit` takes one request and answers after it is stored; many of them share a transaction.
    public PlayResource(
            RedeemLaunch redeemLaunch,
            OpenSession openSession,
            LaunchTokens tokens,
            Function<CommitRequest, CommitOutcome> commit) {
        this.redeemLaunch = redeemLaunch;
        this.openSession = openSession;
        this.tokens = tokens;
        this.commit = commit;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                post("/launch/{token}", this::isLink, this::redeem),
                post("/play/{playToken}/sessions", this::isPlay, this::open),
                post("/play/{playToken}/sessions/{sessionId}/commits", this::isPlay, this::commit),
                post("/play/{playToken}/navigation", this::isPlay, this::navigate));
    }

    // Anybody may send anything here, so nothing of it is looked at before the token.
    private static Route post(String path, Predicate<Call> isGenuine, Route.Action action) {
        Route.Action guarded = call -> isGenuine.test(call) ? action.answer(call) : notALink();
        return new Route(Method.POST, path, Scope.OPEN, Set.of(), false, guarded);
    }

    private boolean isLink(Call call) {
        return tokens.readLink(call.path("token")).isPresent();
    }

    private boolean isPlay(Call call) {
        return tokens.readPlay(call.path("playToken")).isPresent();
    }

    private Answer redeem(Call call) {
        var body = call.json();
        var redeemer = body.optionalText("redeemer", REDEEMER_CHARS_MAX);
        body.check();
        return switch (redeemLaunch.redeem(call.path("token"), redeemer)) {
            case RedeemLaunch.Outcome.Redeemed(String path) ->
                    Answer.ok(Json.MAPPER.createObjectNode().put("location", path));
            case RedeemLaunch.Outcome.Used _ ->
                    gone(
                            "This link has been used. Ask for a new one, or go back to the page where the course is open.");
            case RedeemLaunch.Outcome.Expired _ ->
                    gone("This link has expired. Ask for a new one.");
            case RedeemLaunch.Outcome.Revoked _ ->
                    gone("This link has been withdrawn. Ask for a new one.");
            case RedeemLaunch.Outcome.Unknown _ -> notALink();
        };
    }

    private Answer open(Call call) {
        var body = call.json();
        var item = body.optionalParsed("itemId", ItemId::parse, "an item's id");
        body.check();
        return delivery(openSession.open(call.path("playToken"), item));
    }

    private Answer navigate(Call call) {
        var body = call.json();
        var request = body.text("request", REQUEST_CHARS_MAX);
        var from = body.optionalParsed("from", SessionId::parse, "a session's id");
        body.check();
        return delivery(openSession.navigate(call.path("playToken"), request, from));
    }

    private static Answer delivery(OpenOutcome outcome) {
        return switch (outcome) {
            case OpenOutcome.Ready(var opened) -> Answer.created(OpenedView.of(opened));
            case OpenOutcome.Waiting(var course, var refusal) ->
                    Answer.ok(OpenedView.waiting(course, refusal));
            case OpenOutcome.Ended ended -> Answer.ok(OpenedView.ended(ended));
            case OpenOutcome.NoSuchRequest _ ->
                    Answer.problem(
                            ProblemType.NOT_FOUND, "This course cannot be asked to go there.");
            case OpenOutcome.AlreadyFinished(var returnUrl) -> alreadyFinished(returnUrl);
            case OpenOutcome.Revoked _ -> gone("Access to this course has been withdrawn.");
            case OpenOutcome.NoSuchItem _ ->
                    Answer.problem(ProblemType.NOT_FOUND, "This course has nothing to open here.");
            case OpenOutcome.Unknown _ -> notALink();
        };
    }

    private Answer commit(Call call) {
        var commits = CommitBody.read(call.beacon(CommitBody.BYTES_MAX));
        var named = tokens.readPlay(call.path("playToken"));
        var session = SessionId.parse(call.path("sessionId"));
        if (named.isEmpty() || session.isEmpty()) {
            return notALink();
        }
        var request =
                new CommitRequest(
                        named.get().client(), named.get().launch(), session.get(), commits);
        return answer(request, commit.apply(request));
    }

    private Answer acknowledged(CommitRequest request, CommitOutcome.Acknowledged outcome) {
        var view = acknowledged(outcome.acknowledged(), outcome.status());
        openSession
                .navigationAfter(request)
                .ifPresent(
                        course -> {
                            view.set("items", OpenedView.items(course, Optional.empty()));
                            course.navigation()
                                    .ifPresent(
                                            n -> view.set("navigation", OpenedView.navigation(n)));
                        });
        return Answer.ok(view);
    }

    private Answer answer(CommitRequest request, CommitOutcome outcome) {
        return switch (outcome) {
            case CommitOutcome.Acknowledged known -> acknowledged(request, known);
            case CommitOutcome.Ended(int last, var status) ->
                    Answer.ok(acknowledged(last, status).put("finished", true));
            case CommitOutcome.Finished(int last) ->
                    refused(
                            ProblemType.SESSION_FINISHED,
                            "The course has ended this session; what it says afterwards is not stored.",
                            last);
            case CommitOutcome.Replaced(int last) ->
                    refused(
                            ProblemType.SESSION_REPLACED,
                            "The course has been opened again elsewhere; go on there, or reload this page.",
                            last);
            case CommitOutcome.Revoked(int last) ->
                    refused(ProblemType.GONE, "Access to this course has been withdrawn.", last);
            case CommitOutcome.Overruled(int last) ->
                    refused(
                            ProblemType.SESSION_OVERRULED,
                            "An administrator has changed this result since; what the course says afterwards is not stored.",
                            last);
            case CommitOutcome.Gap(int last) ->
                    refused(
                            ProblemType.SEQUENCE_GAP,
                            "A commit before these is missing; send all after the one acknowledged.",
                            last);
            case CommitOutcome.TooLarge(int last, int charsMax) ->
                    refused(
                            ProblemType.TOO_LARGE,
                            "The course has stored more than "
                                    + charsMax
                                    + " characters; no more is taken.",
                            last);
            case CommitOutcome.Unknown _ -> notALink();
        };
    }

    private static ObjectNode acknowledged(int last, Optional<Status> status) {
        return Json.MAPPER
                .createObjectNode()
                .put("acknowledged", last)
                .put("status", status.map(Status::word).orElse(null));
    }

    private static Answer refused(ProblemType type, String detail, int acknowledged) {
        return Answer.problem(Problem.of(type, detail).with("acknowledged", number(acknowledged)));
    }

    private static JsonNode number(int value) {
        return Json.MAPPER.getNodeFactory().numberNode(value);
    }

    private static Answer alreadyFinished(Optional<String> returnUrl) {
        var problem =
                Problem.of(
                        ProblemType.ALREADY_FINISHED,
                        "This course is finished, and its result is stored. A new link starts it again.");
        return Answer.problem(
                returnUrl
                        .map(
                                url ->
                                        problem.with(
                                                "returnUrl",
                                                Json.MAPPER.getNodeFactory().stringNode(url)))
                        .orElse(problem));
    }

    private static Answer gone(String detail) {
        return Answer.problem(ProblemType.GONE, detail);
    }

    private static Answer notALink() {
        return Answer.problem(
                ProblemType.NOT_FOUND,
                "This is not a link of ours, or it is not complete. Copy all of it, or ask for a new one.");
    }
}
