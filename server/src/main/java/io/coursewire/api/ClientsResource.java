package io.coursewire.api;

import static io.helidon.http.Method.GET;
import static io.helidon.http.Method.PUT;

import io.coursewire.api.keys.Caller;
import io.coursewire.catalog.Client;
import io.coursewire.catalog.ClientSettings;
import io.coursewire.catalog.Clients;
import io.coursewire.catalog.Language;
import io.coursewire.catalog.ReturnOrigin;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.InvalidInput;
import io.coursewire.kernel.JsonFields;
import io.coursewire.kernel.Page;
import io.coursewire.webhooks.watch.Alerts;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/// `/clients`: the organizations.
public final class ClientsResource implements Resource {
    private static final int NAME_CHARS_MAX = 200;
    private static final int RETURN_ORIGINS_MAX = 100;
    private static final int ORIGIN_CHARS_MAX = 300;

    private final Clients clients;
    private final Predicate<ClientId> canHaveOrigin;

    /// @param canHaveOrigin whether the links to a client's courses can lead anywhere
    public ClientsResource(Clients clients, Predicate<ClientId> canHaveOrigin) {
        this.clients = clients;
        this.canHaveOrigin = canHaveOrigin;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                new Route(
                        GET,
                        Route.BASE + "/clients",
                        Scope.KEY,
                        Set.of("limit", "cursor"),
                        false,
                        this::list),
                Route.ofClient(GET, "", this::get),
                Route.ofClient(PUT, "", this::put).scope(Scope.CLIENT_OR_NEW));
    }

    private Answer list(Call call) {
        int limit = call.query().limit();
        var cursor = call.query().cursor();
        return Answer.page(
                switch (call.caller()) {
                    case Caller.Admin _ -> clients.list(limit, cursor);
                    case Caller.OfClient of ->
                            new Page<>(
                                    clients.find(of.client()).stream().toList(), Optional.empty());
                    case Caller.Anyone _ -> new Page<Client>(List.of(), Optional.empty());
                },
                ClientsResource::view);
    }

    private Answer get(Call call) {
        return Answer.ok(view(clients.find(call.client()).orElseThrow(Call::notFound)));
    }

    private Answer put(Call call) {
        var client = read(id(call), call.json());
        checkOrigin(client.id());
        boolean created = clients.put(client);
        return created ? Answer.created(view(client)) : Answer.ok(view(client));
    }

    // One that is there already may have no courses, and is told of when the server starts.
    private void checkOrigin(ClientId id) {
        if (!canHaveOrigin.test(id) && !id.equals(Alerts.OPERATOR) && !clients.exist(id)) {
            throw new InvalidInput(
                    "clientId",
                    "cannot be a part of a host's name, which this server's content-url makes of it: 1 to 63 of a-z 0-9 -, with no - at either end.");
        }
    }

    // Here the id names something new, so that a malformed one is a mistake to explain.
    private static ClientId id(Call call) {
        return ClientId.parse(call.path("clientId"))
                .orElseThrow(() -> new InvalidInput("clientId", "must be 1 to 64 of a-z 0-9 - _."));
    }

    private static Client read(ClientId id, JsonFields body) {
        var name = body.text("name", NAME_CHARS_MAX);
        var language = body.required("defaultLanguage", language(body, "defaultLanguage"));
        var origins = body.texts("returnOrigins", RETURN_ORIGINS_MAX, ORIGIN_CHARS_MAX);
        var parsed =
                origins.stream().flatMap(text -> origin(body, text).stream()).distinct().toList();
        var settings =
                body.optionalObject("settings")
                        .map(ClientSettings::read)
                        .orElse(ClientSettings.DEFAULT);
        body.check();
        return new Client(id, name, language.orElseThrow(), parsed, settings);
    }

    static Optional<Language> language(JsonFields body, String name) {
        return body.optionalParsed(name, Language::parse, "a language tag such as en or fr-CA");
    }

    private static Optional<ReturnOrigin> origin(JsonFields body, String text) {
        var origin = ReturnOrigin.parse(text);
        if (origin.isEmpty()) {
            body.reject(
                    "returnOrigins",
                    "holds \"" + text + "\", which is not an origin such as https://lms.example.");
        }
        return origin;
    }

    private static ObjectNode view(Client client) {
        var view =
                View.object()
                        .put("clientId", client.id().value())
                        .put("name", client.name())
                        .put("defaultLanguage", client.defaultLanguage().tag());
        var origins = view.putArray("returnOrigins");
        client.returnOrigins().forEach(origin -> origins.add(origin.text()));
        view.set("settings", client.settings().json());
        return view;
    }
}
