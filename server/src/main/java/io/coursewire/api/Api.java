package io.coursewire.api;

import io.coursewire.api.keys.Authenticate;
import io.coursewire.kernel.ClientId;
import io.coursewire.storage.Overloaded;
import io.helidon.webserver.http.HttpRouting;
import java.util.List;
import java.util.function.Predicate;
import org.jdbi.v3.core.JdbiException;

/// All routes of the API origin that are ours by contract.
public final class Api {
    private final List<Route> routes;
    private final Dispatch dispatch;

    /// `clientExists` keeps admin keys from working below clients that are not there.
    public Api(
            Authenticate authenticate,
            Predicate<ClientId> clientExists,
            Idempotency idempotency,
            CallTimes callTimes,
            List<Resource> resources) {
        this.routes = resources.stream().flatMap(resource -> resource.routes().stream()).toList();
        this.dispatch =
                new Dispatch(
                        new RouteTable(routes),
                        new Guard(authenticate, clientExists),
                        idempotency,
                        callTimes,
                        BodyRoom.ofHeap());
    }

    public List<Route> routes() {
        return routes;
    }

    public void addTo(HttpRouting.Builder routing) {
        routing.any(Route.BASE + "/*", dispatch);
        routing.error(JdbiException.class, dispatch::failed);
        routing.error(Overloaded.class, dispatch::failed);
        routes.stream()
                .map(Route::path)
                .filter(path -> !path.startsWith(Route.BASE))
                .distinct()
                .forEach(path -> routing.any(path, dispatch));
    }
}
