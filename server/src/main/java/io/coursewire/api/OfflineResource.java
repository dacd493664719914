package io.coursewire.api;

import static io.helidon.http.Method.GET;
import static io.helidon.http.Method.PATCH;
import static io.helidon.http.Method.POST;

import io.coursewire.attempts.AttemptKey;
import io.coursewire.attempts.GivenResult;
import io.coursewire.catalog.ActivityRef;
import io.coursewire.catalog.ItemRef;
import io.coursewire.catalog.UserRef;
import io.coursewire.kernel.AttemptId;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.Json;
import io.coursewire.kernel.JsonFields;
import io.coursewire.offline.Change;
import io.coursewire.offline.Change.Cause;
import io.coursewire.offline.Change.Why;
import io.coursewire.offline.CorrectAttempt;
import io.coursewire.offline.EnterResult;
import io.coursewire.offline.ReadHistory;
import io.coursewire.offline.ResultRules;
import io.coursewire.offline.Version;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// `POST` and `PATCH` below `/attempts`: results that administrators enter and correct.
public final class OfflineResource implements Resource {
    /// Names the properties of the answer that were not given and could be told from others.
    public static final String DERIVED = "Coursewire-Derived";

    private final EnterResult enterResult;
    private final CorrectAttempt correctAttempt;
    private final References references;
    private final ReadHistory readHistory;
    private final InstantSource clock;

    public OfflineResource(
            EnterResult enterResult,
            CorrectAttempt correctAttempt,
            ReadHistory readHistory,
            References references,
            InstantSource clock) {
        this.readHistory = readHistory;
        this.enterResult = enterResult;
        this.correctAttempt = correctAttempt;
        this.references = references;
        this.clock = clock;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.ofClient(POST, "/attempts", this::enter).creates(),
                Route.ofClient(PATCH, "/attempts/{attemptId}", this::correct),
                Route.ofClient(GET, "/attempts/{attemptId}/history", this::history));
    }

    /// A result, and whose it is by the names that the body gives them.
    private record Wish(
            Optional<UserRef> user,
            Optional<ItemRef> item,
            Optional<ActivityRef> activity,
            Optional<Integer> number,
            GivenResult result) {}

    private Answer enter(Call call) {
        var wish = wish(call.json(ResultBody.BYTES_MAX));
        ResultBody.check(ResultRules.faults(wish.result(), clock.instant()));
        var entry = entry(call.client(), wish);
        return switch (enterResult.enter(call.client(), entry, call.caller().name())) {
            case EnterResult.Entered entered ->
                    with(entered.derived(), Answer.json(201, entered.payload().bytes()));
            case EnterResult.NumberTaken taken ->
                    conflict(
                            "The participant has an attempt of this number at the item, "
                                    + taken.attempt()
                                    + ". Correct that one, give another number, or none for the next.");
            case EnterResult.Gone _ -> conflict("The participant has just been removed.");
        };
    }

    private Answer correct(Call call) {
        var key = new AttemptKey(call.client(), call.id("attemptId", AttemptId::parse));
        var body = call.json(ResultBody.BYTES_MAX);
        var reason = body.text("reason", Why.REASON_CHARS_MAX);
        var correction = ResultBody.correction(body);
        body.check();
        var why =
                new Why(
                        Cause.CORRECTED,
                        call.caller().name(),
                        Optional.of(reason),
                        Optional.empty());
        return switch (correctAttempt.correct(key, correction, why)) {
            case CorrectAttempt.Corrected done ->
                    with(done.derived(), Answer.json(200, done.payload().bytes()));
            case CorrectAttempt.Unknown _ -> Call.nothingHere();
            case CorrectAttempt.InUse _ ->
                    conflict(
                            "The participant has the content open. Correct the attempt when it is closed, or revoke the launch link first.");
            case CorrectAttempt.Refused refused -> {
                ResultBody.check(refused.faults());
                throw new IllegalStateException("refused without a fault");
            }
        };
    }

    private Answer history(Call call) {
        var versions =
                readHistory
                        .of(call.client(), call.id("attemptId", AttemptId::parse))
                        .orElseThrow(Call::notFound);
        var body = View.object();
        var items = body.putArray("items");
        versions.forEach(version -> items.add(view(version)));
        return Answer.ok(body.putNull("nextCursor"));
    }

    private static ObjectNode view(Version version) {
        var attempt = Json.MAPPER.readTree(version.attempt().bytes());
        var why = version.change().map(Change::why);
        var row = why.flatMap(Why::row);
        return View.object()
                .put("version", version.version())
                .put("event", version.event().orElse(null))
                .put("time", version.at().map(Object::toString).orElse(null))
                .put("cause", why.map(known -> known.cause().word()).orElse("content"))
                .put(
                        "author",
                        why.map(Why::author)
                                .orElseGet(() -> attempt.at("/user/username").asString()))
                .put("reason", why.flatMap(Why::reason).orElse(null))
                .put("importId", row.map(from -> from.importId().toString()).orElse(null))
                .put("line", row.map(Change.Row::line).orElse(null))
                .set("attempt", attempt);
    }

    private static Wish wish(JsonFields body) {
        var wish =
                new Wish(
                        References.user(body.object("user")),
                        References.item(body.object("item")),
                        body.optionalObject("activity").flatMap(References::activity),
                        body.optionalInteger("attemptNumber", 1, ResultRules.NUMBER_MAX),
                        ResultBody.whole(body));
        body.check();
        return wish;
    }

    private EnterResult.Entry entry(ClientId client, Wish wish) {
        var user = references.follow(client, wish.user().orElseThrow());
        var activity = wish.activity().map(ref -> references.follow(client, ref).id());
        var item = references.follow(client, wish.item().orElseThrow(), activity);
        return new EnterResult.Entry(user, item, wish.number(), wish.result());
    }

    private static Answer with(List<String> derived, Answer answer) {
        return derived.isEmpty() ? answer : answer.with(DERIVED, String.join(", ", derived));
    }

    private static Answer conflict(String detail) {
        return Answer.problem(ProblemType.CONFLICT, detail);
    }
}
