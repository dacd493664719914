package io.coursewire.api;

import static io.helidon.http.Method.POST;

import io.coursewire.attempts.AttemptKey;
import io.coursewire.catalog.Item;
import io.coursewire.catalog.Participant;
import io.coursewire.catalog.Participants;
import io.coursewire.kernel.AttemptId;
import io.coursewire.kernel.InvalidInput;
import io.coursewire.kernel.JsonFields;
import io.coursewire.offline.Change.Cause;
import io.coursewire.offline.Change.Why;
import io.coursewire.offline.MoveAttempts;
import java.util.List;
import java.util.Optional;

/// Attempts given to whom or what they belong, and participants who are there twice made one.
public final class MovesResource implements Resource {
    private final MoveAttempts moveAttempts;
    private final Participants participants;
    private final References references;

    public MovesResource(
            MoveAttempts moveAttempts, Participants participants, References references) {
        this.moveAttempts = moveAttempts;
        this.participants = participants;
        this.references = references;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.ofClient(POST, "/attempts/{attemptId}/moves", this::move).creates(),
                Route.ofClient(POST, "/users/{username}/merges", this::merge).creates());
    }

    private Answer move(Call call) {
        var key = new AttemptKey(call.client(), call.id("attemptId", AttemptId::parse));
        var body = call.json();
        var reason = body.text("reason", Why.REASON_CHARS_MAX);
        var userRef = body.optionalObject("user").flatMap(References::user);
        var itemRef = body.optionalObject("item").flatMap(References::item);
        var activityRef = body.optionalObject("activity").flatMap(References::activity);
        if (!body.hasValue("user") && !body.hasValue("item")) {
            body.rejectWhole("The body needs \"user\" or \"item\", or both.");
        }
        body.check();
        var user = userRef.map(ref -> references.follow(call.client(), ref)).map(Participant::id);
        var activity = activityRef.map(ref -> references.follow(call.client(), ref).id());
        var item =
                itemRef.map(ref -> references.follow(call.client(), ref, activity)).map(Item::id);
        return answer(moveAttempts.move(key, user, item, why(call, Cause.MOVED, reason)));
    }

    private Answer merge(Call call) {
        var from =
                participants.find(call.client(), call.path("username")).orElseThrow(Call::notFound);
        JsonFields body = call.json();
        var reason = body.text("reason", Why.REASON_CHARS_MAX);
        var intoRef = References.user(body.object("into"));
        body.check();
        var into = references.follow(call.client(), intoRef.orElseThrow());
        if (into.id().equals(from.id())) {
            throw new InvalidInput("/into", "must be another participant.");
        }
        return answer(
                moveAttempts.merge(
                        call.client(), from.id(), into.id(), why(call, Cause.MERGED, reason)));
    }

    private static Why why(Call call, Cause cause, String reason) {
        return new Why(cause, call.caller().name(), Optional.of(reason), Optional.empty());
    }

    private static Answer answer(MoveAttempts.Outcome outcome) {
        return switch (outcome) {
            case MoveAttempts.Moved moved -> Answer.json(200, moved.payload().bytes());
            case MoveAttempts.Merged merged ->
                    Answer.ok(View.object().put("moved", merged.attempts()));
            case MoveAttempts.Unknown _ -> Call.nothingHere();
            case MoveAttempts.MergedBefore _ ->
                    Answer.problem(
                            ProblemType.CONFLICT,
                            "The participant was merged into another before; merge that one.");
            case MoveAttempts.InUse _ ->
                    Answer.problem(
                            ProblemType.CONFLICT,
                            "The participant has the content open. Try again when it is closed, or revoke the launch link first.");
        };
    }
}
