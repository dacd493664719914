package io.coursewire.api;

import static io.helidon.http.Method.DELETE;
import static io.helidon.http.Method.GET;
import static io.helidon.http.Method.POST;

import io.coursewire.api.keys.ApiKey;
import io.coursewire.api.keys.ApiKeys;
import io.coursewire.kernel.Uuid;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// `/keys`: a client's API keys. A key is shown once, when it is made.
public final class KeysResource implements Resource {
    private final ApiKeys keys;

    public KeysResource(ApiKeys keys) {
        this.keys = keys;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.ofClient(GET, "/keys", this::list).query("limit", "cursor"),
                Route.ofClient(POST, "/keys", this::create).creates(),
                Route.ofClient(DELETE, "/keys/{id}", this::revoke));
    }

    private Answer list(Call call) {
        return Answer.page(
                keys.list(call.client(), call.query().limit(), call.query().cursor()),
                KeysResource::view);
    }

    private Answer create(Call call) {
        var body = call.json();
        var name = body.text("name", ApiKey.NAME_CHARS_MAX);
        body.check();
        var made = keys.create(call.client(), name);
        return Answer.created(view(made.key()).put("key", made.text()));
    }

    private Answer revoke(Call call) {
        return keys.revoke(call.client(), call.id("id", Uuid::parse))
                ? Answer.noContent()
                : Call.nothingHere();
    }

    private static ObjectNode view(ApiKey key) {
        return View.object()
                .put("id", key.id().toString())
                .put("name", key.name())
                .put("createdAt", key.createdAt().toString());
    }
}
