package io.coursewire.api;

import io.helidon.http.Method;
import java.util.Set;
import java.util.function.Supplier;

/// One method on one path, whom it is for, and what it does. `parameters` are all that its query may hold.
/// An idempotent route takes an `Idempotency-Key`.
public record Route(
        Method method,
        String path,
        Scope scope,
        Set<String> parameters,
        boolean idempotent,
        Action action) {
    public static final String BASE = "/api/v1";
    public static final String CLIENT_BASE = BASE + "/clients/{clientId}";

    public interface Action {
        Answer answer(Call call);

        /// Reads the body and returns what is done under an `Idempotency-Key`, in that key's transaction.
        default Supplier<Answer> prepare(Call call) {
            call.receive();
            return () -> answer(call);
        }
    }

    /// One that does first what takes long, such as to wait for a name server or to unpack a file, with no transaction
    /// open; what that returns does the rest. Also done for a repetition that comes before the call is answered.
    public interface Prepared extends Action {
        @Override
        Supplier<Answer> prepare(Call call);

        @Override
        default Answer answer(Call call) {
            return prepare(call).get();
        }
    }

    public Route {
        parameters = Set.copyOf(parameters);
    }

    /// A route below `/api/v1/clients/{clientId}`.
    public static Route ofClient(Method method, String path, Action action) {
        return new Route(method, CLIENT_BASE + path, Scope.CLIENT, Set.of(), false, action);
    }

    public static Route open(String path, Action action) {
        return new Route(Method.GET, path, Scope.OPEN, Set.of(), false, action);
    }

    public Route scope(Scope other) {
        return new Route(method, path, other, parameters, idempotent, action);
    }

    public Route query(String... names) {
        return new Route(method, path, scope, Set.of(names), idempotent, action);
    }

    /// Marks a POST that changes something.
    public Route creates() {
        return new Route(method, path, scope, parameters, true, action);
    }
}
