package io.coursewire.api;

import io.coursewire.catalog.Activity;
import io.coursewire.catalog.ActivityRef;
import io.coursewire.catalog.Clients;
import io.coursewire.catalog.Found;
import io.coursewire.catalog.Item;
import io.coursewire.catalog.ItemRef;
import io.coursewire.catalog.Label;
import io.coursewire.catalog.Language;
import io.coursewire.catalog.Participant;
import io.coursewire.catalog.Participants;
import io.coursewire.catalog.Training;
import io.coursewire.catalog.UserRef;
import io.coursewire.kernel.ActivityId;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.InvalidInput;
import io.coursewire.kernel.ItemId;
import io.coursewire.kernel.Json;
import io.coursewire.kernel.JsonFields;
import io.coursewire.kernel.UserId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/// Follows what a body says about whom and what: `{"id": ...}`, or the client's own name for it. What leads
/// nowhere is invalid input; an external id that leads to several things is a conflict that lists them.
public final class References {
    private static final String UUID_FORM = "an id: a UUID in its 36-character form";

    private final Clients clients;
    private final Participants participants;
    private final Training training;

    public References(Clients clients, Participants participants, Training training) {
        this.clients = clients;
        this.participants = participants;
        this.training = training;
    }

    static Optional<UserRef> user(JsonFields reference) {
        return either(
                reference,
                reference.optionalParsed("id", UserId::parse, UUID_FORM).map(UserRef.ById::new),
                "username",
                reference
                        .optionalText("username", Participant.USERNAME_CHARS_MAX)
                        .map(UserRef.ByUsername::new));
    }

    static Optional<ActivityRef> activity(JsonFields reference) {
        return either(
                reference,
                reference
                        .optionalParsed("id", ActivityId::parse, UUID_FORM)
                        .map(ActivityRef.ById::new),
                "externalId",
                reference
                        .optionalText("externalId", Label.EXTERNAL_ID_CHARS_MAX)
                        .map(ActivityRef.ByExternalId::new));
    }

    static Optional<ItemRef> item(JsonFields reference) {
        return either(
                reference,
                reference.optionalParsed("id", ItemId::parse, UUID_FORM).map(ItemRef.ById::new),
                "externalId",
                reference
                        .optionalText("externalId", Label.EXTERNAL_ID_CHARS_MAX)
                        .map(ItemRef.ByExternalId::new));
    }

    private static <T> Optional<T> either(
            JsonFields reference,
            Optional<? extends T> byId,
            String other,
            Optional<? extends T> byOther) {
        if (reference.hasValue("id") == reference.hasValue(other)) {
            reference.rejectWhole("needs either \"id\" or \"" + other + "\".");
        }
        return byId.isPresent() ? byId.map(Function.identity()) : byOther.map(Function.identity());
    }

    Participant follow(ClientId client, UserRef ref) {
        return participants.find(client, ref).orElseThrow(() -> nothing("/user", "participant"));
    }

    Activity follow(ClientId client, ActivityRef ref) {
        return switch (training.find(client, ref)) {
            case Found.One<Activity> one -> one.value();
            case Found.None<Activity> _ -> throw nothing("/activity", "activity");
            case Found.Several<Activity> several ->
                    throw ambiguous(
                            "activity",
                            several.candidates(),
                            activity -> View.of(activity, language(client)));
        };
    }

    /// Among all of the client's items, or among those of one activity.
    Item follow(ClientId client, ItemRef ref, Optional<ActivityId> activity) {
        return switch (training.find(client, ref, activity)) {
            case Found.One<Item> one -> one.value();
            case Found.None<Item> _ ->
                    throw nothing("/item", activity.isPresent() ? "item of this activity" : "item");
            case Found.Several<Item> several ->
                    throw ambiguous(
                            "item",
                            several.candidates(),
                            item -> candidate(item, language(client)));
        };
    }

    private Language language(ClientId client) {
        return clients.find(client).orElseThrow(Call::notFound).defaultLanguage();
    }

    private static ObjectNode candidate(Item item, Language language) {
        return View.of(item, language).put("activityId", item.activity().toString());
    }

    private static InvalidInput nothing(String pointer, String kind) {
        return new InvalidInput(pointer, "names no " + kind + " of this client.");
    }

    private static <T> Refused ambiguous(String kind, List<T> found, Function<T, ObjectNode> view) {
        var candidates = Json.MAPPER.createArrayNode();
        found.forEach(candidate -> candidates.add(view.apply(candidate)));
        var problem =
                Problem.of(
                                ProblemType.AMBIGUOUS,
                                "Name the " + kind + " by its id; the candidates are listed.")
                        .with("candidates", candidates);
        return new Refused(Answer.problem(problem));
    }
}
