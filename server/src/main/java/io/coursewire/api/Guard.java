package io.coursewire.api;

import io.coursewire.api.keys.Authenticate;
import io.coursewire.api.keys.Caller;
import io.coursewire.kernel.ClientId;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.Optional;
import java.util.function.Predicate;

/// Admits a request to a route, or refuses it so that a key learns nothing about other clients.
final class Guard {
    private static final String BEARER = "Bearer ";

    private final Authenticate authenticate;
    private final Predicate<ClientId> clientExists;

    Guard(Authenticate authenticate, Predicate<ClientId> clientExists) {
        this.authenticate = authenticate;
        this.clientExists = clientExists;
    }

    Caller admit(Route route, ServerRequest request) {
        if (route.scope() == Scope.OPEN) {
            return new Caller.Anyone();
        }
        var caller = authenticated(request);
        boolean visible =
                switch (route.scope()) {
                    case OPEN, KEY -> true;
                    case ADMIN -> adminOnly(caller);
                    case CLIENT ->
                            pathClient(request)
                                    .filter(client -> mayReach(caller, client))
                                    .isPresent();
                    case CLIENT_OR_NEW ->
                            caller instanceof Caller.Admin
                                    || pathClient(request)
                                            .filter(client -> mayReach(caller, client))
                                            .isPresent();
                };
        if (!visible) {
            throw Call.notFound();
        }
        return caller;
    }

    private Caller authenticated(ServerRequest request) {
        return bearer(request).flatMap(authenticate::caller).orElseThrow(Guard::unauthenticated);
    }

    private static boolean adminOnly(Caller caller) {
        if (!(caller instanceof Caller.Admin)) {
            throw new Refused(
                    ProblemType.FORBIDDEN,
                    "This needs an admin key; a client key reaches its own client only.");
        }
        return true;
    }

    private boolean mayReach(Caller caller, ClientId client) {
        return switch (caller) {
            case Caller.Admin _ -> clientExists.test(client);
            case Caller.OfClient of -> of.client().equals(client);
            case Caller.Anyone _ -> false;
        };
    }

    private static Optional<ClientId> pathClient(ServerRequest request) {
        return ClientId.parse(request.path().pathParameters().get("clientId"));
    }

    private static Optional<String> bearer(ServerRequest request) {
        return request.headers()
                .first(HeaderNames.AUTHORIZATION)
                .filter(header -> header.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .map(header -> header.substring(BEARER.length()).strip());
    }

    private static Refused unauthenticated() {
        return new Refused(
                Answer.problem(
                                ProblemType.UNAUTHENTICATED,
                                "Send an API key that is valid: Authorization: Bearer KEY.")
                        .with("WWW-Authenticate", "Bearer"));
    }
}
