package io.coursewire.api;

import static io.helidon.http.Method.DELETE;
import static io.helidon.http.Method.GET;
import static io.helidon.http.Method.PUT;

import io.coursewire.catalog.AnonymiseParticipant;
import io.coursewire.catalog.Language;
import io.coursewire.catalog.Participant;
import io.coursewire.catalog.Participants;
import io.coursewire.kernel.InvalidInput;
import io.coursewire.kernel.JsonFields;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// `/users`: the participants.
public final class UsersResource implements Resource {
    private static final int NAME_CHARS_MAX = 200;
    private static final int EMAIL_CHARS_MAX = 320;

    private final Participants participants;
    private final AnonymiseParticipant anonymise;

    public UsersResource(Participants participants, AnonymiseParticipant anonymise) {
        this.participants = participants;
        this.anonymise = anonymise;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.ofClient(GET, "/users", this::list).query("limit", "cursor"),
                Route.ofClient(GET, "/users/{username}", this::get),
                Route.ofClient(PUT, "/users/{username}", this::put),
                Route.ofClient(DELETE, "/users/{username}", this::delete));
    }

    private Answer list(Call call) {
        return Answer.page(
                participants.list(call.client(), call.query().limit(), call.query().cursor()),
                UsersResource::view);
    }

    private Answer get(Call call) {
        return Answer.ok(
                view(participants.find(call.client(), username(call)).orElseThrow(Call::notFound)));
    }

    private Answer put(Call call) {
        var username = call.path("username");
        if (!Participant.isUsername(username)) {
            throw new InvalidInput("username", "must be " + Participant.USERNAME_FORM + ".");
        }
        var put = participants.put(call.client(), username, read(call.json()));
        return put.created()
                ? Answer.created(view(put.participant()))
                : Answer.ok(view(put.participant()));
    }

    private Answer delete(Call call) {
        return anonymise.anonymise(call.client(), username(call))
                ? Answer.noContent()
                : Call.nothingHere();
    }

    // What cannot be a username is nobody's.
    private static String username(Call call) {
        return Optional.of(call.path("username"))
                .filter(Participant::isUsername)
                .orElseThrow(Call::notFound);
    }

    private static Participant.Details read(JsonFields body) {
        var details =
                new Participant.Details(
                        body.optionalText("firstName", NAME_CHARS_MAX),
                        body.optionalText("lastName", NAME_CHARS_MAX),
                        body.optionalText("email", EMAIL_CHARS_MAX),
                        body.optionalText("externalId", NAME_CHARS_MAX),
                        ClientsResource.language(body, "language"));
        body.check();
        return details;
    }

    private static ObjectNode view(Participant participant) {
        var details = participant.details();
        var view =
                View.object()
                        .put("id", participant.id().toString())
                        .put("username", participant.username())
                        .put("firstName", details.firstName().orElse(null))
                        .put("lastName", details.lastName().orElse(null))
                        .put("email", details.email().orElse(null))
                        .put("externalId", details.externalId().orElse(null))
                        .put("language", details.language().map(Language::tag).orElse(null));
        var merged = view.putNull("mergedInto");
        participant
                .merged()
                .ifPresent(
                        into ->
                                merged.putObject("mergedInto")
                                        .put("id", into.into().toString())
                                        .put("username", into.username())
                                        .put("at", into.at().toString())
                                        .put("author", into.author())
                                        .put("reason", into.reason()));
        return view;
    }
}
