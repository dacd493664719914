package io.coursewire.api;

import io.coursewire.api.keys.Authenticate;
import io.coursewire.kernel.ClientId;
import io.helidon.http.PathMatchers;
import io.helidon.webserver.http.HttpRouting;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/// All routes of the API origin that are ours by contract.
public final class Api {
    private final Dispatch dispatch;
    private final List<Route> routes;

    /// `clientExists` keeps admin keys from working below clients that are not there.
    public Api(
            Authenticate authenticate,
            Predicate<ClientId> clientExists,
            Idempotency idempotency,
            List<Resource> resources) {
        this.dispatch = new Dispatch(new Guard(authenticate, clientExists), idempotency);
        this.routes = resources.stream().flatMap(resource -> resource.routes().stream()).toList();
    }

    public List<Route> routes() {
        return routes;
    }

    public void addTo(HttpRouting.Builder routing) {
        routes.forEach(
                route -> routing.route(route.method(), route.path(), dispatch.handler(route)));
        paths().forEach(path -> refuseOtherMethods(routing, path));
        routing.any(Route.BASE + "/*", dispatch.refusal(Call.nothingHere()));
    }

    private Set<String> paths() {
        var paths = new TreeSet<String>();
        routes.forEach(route -> paths.add(route.path()));
        return paths;
    }

    private void refuseOtherMethods(HttpRouting.Builder routing, String path) {
        var allowed = String.join(", ", new TreeSet<>(methods(path)));
        var refusal =
                Answer.problem(ProblemType.METHOD_NOT_ALLOWED, "This path takes " + allowed + ".")
                        .with("Allow", allowed);
        routing.route(_ -> true, PathMatchers.create(path), dispatch.refusal(refusal));
    }

    private List<String> methods(String path) {
        return routes.stream()
                .filter(route -> route.path().equals(path))
                .map(route -> route.method().text())
                .toList();
    }
}
