package io.coursewire.api;

import static io.helidon.http.Method.DELETE;
import static io.helidon.http.Method.GET;
import static io.helidon.http.Method.PUT;

import io.coursewire.kernel.InvalidInput;
import io.coursewire.kernel.Json;
import io.coursewire.offline.importing.Mappings;
import io.coursewire.offline.importing.Mappings.Named;
import io.coursewire.offline.mapping.MappingFields;
import java.util.List;

/// `/import-mappings`: how a client's sources write their results, remembered by name.
public final class MappingsResource implements Resource {
    private final Mappings mappings;

    public MappingsResource(Mappings mappings) {
        this.mappings = mappings;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.ofClient(GET, "/import-mappings", this::list),
                Route.ofClient(PUT, "/import-mappings/{name}", this::put),
                Route.ofClient(GET, "/import-mappings/{name}", this::get),
                Route.ofClient(DELETE, "/import-mappings/{name}", this::delete));
    }

    private Answer list(Call call) {
        var body = View.object();
        var items = body.putArray("items");
        mappings.list(call.client())
                .forEach(
                        one ->
                                items.addObject()
                                        .put("name", one.name())
                                        .set("mapping", Json.MAPPER.readTree(one.json())));
        return Answer.ok(body.putNull("nextCursor"));
    }

    private Answer put(Call call) {
        var body = call.json();
        MappingFields.read(body);
        body.check();
        var name = call.path("name");
        if (!Mappings.isName(name)) {
            throw new InvalidInput("name", "must be " + Mappings.NAME_FORM + ".");
        }
        return mappings.put(call.client(), new Named(name, body.json()))
                ? Answer.json(200, Json.MAPPER.readTree(body.json()))
                : Answer.problem(
                        ProblemType.CONFLICT,
                        "The client has "
                                + Mappings.KEPT_MAX
                                + " mappings, as many as are kept. Delete one first.");
    }

    private Answer get(Call call) {
        var found = mappings.find(call.client(), call.path("name")).orElseThrow(Call::notFound);
        return Answer.ok(Json.MAPPER.readTree(found.json()));
    }

    private Answer delete(Call call) {
        return mappings.delete(call.client(), call.path("name"))
                ? Answer.noContent()
                : Call.nothingHere();
    }
}
