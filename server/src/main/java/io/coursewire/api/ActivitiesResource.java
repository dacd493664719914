package io.coursewire.api;

import static io.helidon.http.Method.GET;
import static io.helidon.http.Method.PATCH;
import static io.helidon.http.Method.POST;

import io.coursewire.catalog.Activity;
import io.coursewire.catalog.Clients;
import io.coursewire.catalog.Item;
import io.coursewire.catalog.Label;
import io.coursewire.catalog.Language;
import io.coursewire.catalog.RelabelActivity;
import io.coursewire.catalog.RelabelActivity.Change;
import io.coursewire.catalog.Training;
import io.coursewire.kernel.ActivityId;
import io.coursewire.kernel.InvalidInput;
import io.coursewire.kernel.ItemId;
import io.coursewire.kernel.JsonFields;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// `/activities`: training and its items, with or without a package.
public final class ActivitiesResource implements Resource {
    private final Training training;
    private final RelabelActivity relabel;
    private final Clients clients;

    public ActivitiesResource(Training training, RelabelActivity relabel, Clients clients) {
        this.training = training;
        this.relabel = relabel;
        this.clients = clients;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.ofClient(GET, "/activities", this::list).query("limit", "cursor"),
                Route.ofClient(POST, "/activities", this::create).creates(),
                Route.ofClient(GET, "/activities/{id}", this::get),
                Route.ofClient(PATCH, "/activities/{id}", this::patch));
    }

    private Answer list(Call call) {
        var language = language(call);
        return Answer.page(
                training.list(call.client(), call.query().limit(), call.query().cursor()),
                activity -> view(activity, language));
    }

    private Answer get(Call call) {
        var activity = training.find(call.client(), call.id("id", ActivityId::parse));
        return Answer.ok(view(activity.orElseThrow(Call::notFound), language(call)));
    }

    private Answer create(Call call) {
        var body = call.json();
        var label = LabelBody.whole(body);
        var items = items(body.objects("items", 1, Activity.ITEMS_MAX));
        body.check();
        var language = language(call);
        var activity = training.create(call.client(), label.orElseThrow(), items);
        var view = View.object();
        view.set("activity", View.of(activity, language));
        var list = view.putArray("items");
        activity.items().forEach(item -> list.add(View.of(item, language)));
        return Answer.created(view);
    }

    private Answer patch(Call call) {
        var id = call.id("id", ActivityId::parse);
        var body = call.json();
        var change = LabelBody.change(body);
        var items = changes(body.objects("items", 0, Activity.ITEMS_MAX));
        body.check();
        return switch (relabel.relabel(call.client(), id, change, items)) {
            case RelabelActivity.Relabelled done ->
                    Answer.ok(view(done.activity(), language(call)));
            case RelabelActivity.NoSuchActivity _ -> Call.nothingHere();
            case RelabelActivity.NoSuchItems none ->
                    throw new InvalidInput("/items", unknown(none.items()));
            case RelabelActivity.ExternalIdTaken taken ->
                    Answer.problem(
                            ProblemType.CONFLICT,
                            "Another item of this activity, or of an older version of it, has the external id \""
                                    + taken.externalId()
                                    + "\". Choose another.");
        };
    }

    private static List<Label> items(List<JsonFields> bodies) {
        var items = new ArrayList<Label>();
        Set<String> externalIds = new HashSet<>();
        for (var body : bodies) {
            LabelBody.whole(body)
                    .ifPresent(
                            item -> {
                                items.add(item);
                                if (!externalIds.add(item.externalId())) {
                                    body.reject(
                                            "externalId",
                                            "is that of an item before it. Items of one activity need different ones.");
                                }
                            });
        }
        return items;
    }

    private static Map<ItemId, Change> changes(List<JsonFields> bodies) {
        var changes = new LinkedHashMap<ItemId, Change>();
        for (var body : bodies) {
            var change = LabelBody.change(body);
            body.required("id", body.optionalParsed("id", ItemId::parse, "the id of an item"))
                    .filter(id -> changes.put(id, change) != null)
                    .ifPresent(_ -> body.reject("id", "is given more than once."));
        }
        return changes;
    }

    private static String unknown(List<ItemId> items) {
        return "holds ids of items that this activity does not have: "
                + String.join(", ", items.stream().map(ItemId::toString).toList())
                + ".";
    }

    private Language language(Call call) {
        return clients.find(call.client()).orElseThrow(Call::notFound).defaultLanguage();
    }

    private static ObjectNode view(Activity activity, Language language) {
        var view = View.withTitles(View.of(activity, language), activity.label());
        activity.content()
                .ifPresent(
                        content ->
                                view.put("standard", content.standard())
                                        .put("version", content.version()));
        var items = view.putArray("items");
        activity.items().forEach(item -> items.add(view(item, language)));
        return view;
    }

    private static ObjectNode view(Item item, Language language) {
        return View.withTitles(View.of(item, language), item.label());
    }
}
