package io.coursewire.api;

import io.coursewire.api.keys.Authenticate;
import io.coursewire.api.keys.Caller;
import io.coursewire.kernel.ClientId;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import java.util.Map;
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

    Caller admit(Route route, Map<String, String> places, ServerRequestHeaders headers) {
        if (route.scope() == Scope.OPEN) {
            return new Caller.Anyone();
        }
        var caller = authenticated(headers);
        boolean visible =
                switch (route.scope()) {
                    case OPEN, KEY -> true;
                    case ADMIN -> adminOnly(caller);
                    case CLIENT ->
                            pathClient(places)
                                    .filter(client -> mayReach(caller, client))
                                    .isPresent();
                    case CLIENT_OR_NEW ->
                            caller instanceof Caller.Admin
                                    || pathClient(places)
                                            .filter(client -> mayReach(caller, client))
                                            .isPresent();
                };
        if (!visible) {
            throw Call.notFound();
        }
        return caller;
    }

    private Caller authenticated(ServerRequestHeaders headers) {
        return bearer(headers).flatMap(authenticate::caller).orElseThrow(Guard::unauthenticated);
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

    private static Optional<ClientId> pathClient(Map<String, String> places) {
        return ClientId.parse(PercentText.decodePath("clientId", places.get("clientId")));
    }

    private static Optional<String> bearer(ServerRequestHeaders headers) {
        return headers.first(HeaderNames.AUTHORIZATION)
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
