package io.coursewire.api;

import io.coursewire.kernel.InvalidInput;
import io.coursewire.kernel.Uuid;
import io.coursewire.storage.Database;
import io.coursewire.storage.Overloaded;
import io.coursewire.storage.Shares;
import io.coursewire.storage.TellFailures;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/// The way of every request: an id, the guard, the route's action, and whatever happens, one answer.
final class Dispatch implements Handler {
    static final String REQUEST_ID = "X-Request-Id";
    private static final HeaderName REQUEST_ID_NAME = HeaderNames.create(REQUEST_ID);
    private static final String CACHE_CONTROL = "Cache-Control";
    private static final String CLIENT = "clientId";
    private static final Pattern REQUEST_ID_FORM = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Logger LOG = LoggerFactory.getLogger(Dispatch.class);

    private final RouteTable routes;
    private final Guard guard;
    private final Idempotency idempotency;
    private final CallTimes callTimes;
    private final BodyRoom room;
    private final TellFailures outages = new TellFailures(LOG, "answering calls");

    Dispatch(
            RouteTable routes,
            Guard guard,
            Idempotency idempotency,
            CallTimes callTimes,
            BodyRoom room) {
        this.routes = routes;
        this.guard = guard;
        this.idempotency = idempotency;
        this.callTimes = callTimes;
        this.room = room;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        var requestId = requestId(request);
        try (var _ = MDC.putCloseable("requestId", requestId)) {
            boolean bodiless = request.prologue().method().equals(Method.HEAD);
            send(answer(request), requestId, response, bodiless);
        } catch (UncheckedIOException e) {
            throw Sending.gone(e);
        }
    }

    /// The answer where what is not a route of ours failed, such as a course's file or what AICC content says.
    void failed(ServerRequest request, ServerResponse response, RuntimeException failure) {
        var requestId = requestId(request);
        try (var _ = MDC.putCloseable("requestId", requestId)) {
            send(failed("a request of courses", failure), requestId, response, false);
        } catch (UncheckedIOException e) {
            throw Sending.gone(e);
        }
    }

    private Answer answer(ServerRequest request) {
        var found = routes.find(request.path().rawPath());
        if (found.isEmpty()) {
            return Call.nothingHere();
        }
        return found.get()
                .route(asked(request.prologue().method()))
                .map(route -> answer(route, found.get().places(), request))
                .orElseGet(() -> otherMethod(found.get()));
    }

    /// What can be read can be asked for its headers.
    private static Method asked(Method method) {
        return method.equals(Method.HEAD) ? Method.GET : method;
    }

    private static Answer otherMethod(RouteTable.Found found) {
        var methods = new TreeSet<>(found.byMethod().keySet());
        if (methods.contains(Method.GET.text())) {
            methods.add(Method.HEAD.text());
        }
        var allowed = String.join(", ", methods);
        return Answer.problem(ProblemType.METHOD_NOT_ALLOWED, "This path takes " + allowed + ".")
                .with("Allow", allowed);
    }

    private Answer answer(Route route, Map<String, String> places, ServerRequest request) {
        return callTimes.time(route, request.headers(), () -> admitted(route, places, request));
    }

    private Answer admitted(Route route, Map<String, String> places, ServerRequest request) {
        try {
            var caller = guard.admit(route, places, request.headers());
            var query = Query.parse(request.query().rawValue(), route.parameters());
            try (var call = new Call(request, caller, places, query, room)) {
                return places.containsKey(CLIENT)
                        ? Shares.onBehalfOf(call.path(CLIENT), () -> act(route, call))
                        : act(route, call);
            }
        } catch (Refused refused) {
            return refused.answer();
        } catch (InvalidInput invalid) {
            return Answer.problem(Problem.of(invalid));
        } catch (RuntimeException failure) {
            return failed(route.method() + " " + route.path(), failure);
        }
    }

    private Answer act(Route route, Call call) {
        var answer =
                call.header(Idempotency.HEADER)
                        .filter(_ -> route.idempotent())
                        .map(key -> idempotency.answer(call, key, route.action()))
                        .orElseGet(() -> route.action().answer(call));
        call.finish();
        outages.succeeded();
        return answer;
    }

    private Answer failed(String what, RuntimeException failure) {
        if (failure instanceof Overloaded) {
            return Answer.problem(
                            ProblemType.UNAVAILABLE,
                            "The server is busy: " + failure.getMessage() + ". Try again.")
                    .with("Retry-After", "1");
        }
        if (Database.isPassing(failure)) {
            outages.failed(failure);
            return Answer.problem(
                            ProblemType.UNAVAILABLE,
                            Database.isOutage(failure)
                                    ? "The database cannot be reached. Try again."
                                    : "The database cannot do this for now. Try again.")
                    .with("Retry-After", "5");
        }
        if (failure instanceof UncheckedIOException) {
            outages.failed(failure);
            return Answer.problem(
                            ProblemType.UNAVAILABLE,
                            "Files cannot be stored or read for now. Try again later.")
                    .with("Retry-After", "60");
        }
        LOG.error("{} failed", what, failure);
        return Answer.problem(
                ProblemType.INTERNAL,
                "The server failed. Its log tells more under the request id.");
    }

    private static String requestId(ServerRequest request) {
        return request.headers()
                .first(REQUEST_ID_NAME)
                .filter(given -> REQUEST_ID_FORM.matcher(given).matches())
                .orElseGet(() -> Uuid.next().toString());
    }

    private static void send(
            Answer answer, String requestId, ServerResponse response, boolean bodiless) {
        response.status(Status.create(answer.status()));
        response.header(REQUEST_ID, requestId);
        if (!answer.headers().containsKey(CACHE_CONTROL)) {
            response.header(CACHE_CONTROL, "no-store");
        }
        answer.headers().forEach(response::header);
        switch (answer.content()) {
            case Answer.Nothing _ -> response.send();
            case Answer.Bytes bytes -> send(response, bytes.mediaType(), bytes.bytes(), bodiless);
            case Answer.Refusal refusal ->
                    send(response, Problem.MEDIA_TYPE, refusal.problem().json(requestId), bodiless);
            case Answer.Streamed streamed -> stream(response, streamed, bodiless);
        }
    }

    private static void send(
            ServerResponse response, String mediaType, byte[] body, boolean bodiless) {
        response.header(HeaderNames.CONTENT_TYPE_NAME, mediaType);
        if (bodiless) {
            response.contentLength(body.length);
            response.send();
        } else {
            response.send(body);
        }
    }

    private static void stream(
            ServerResponse response, Answer.Streamed streamed, boolean bodiless) {
        response.header(HeaderNames.CONTENT_TYPE_NAME, streamed.mediaType());
        if (bodiless) {
            UnknownLength.mark(response);
            response.send();
            return;
        }
        var out = new Sending(response.outputStream());
        try {
            streamed.writing().to(out);
        } catch (CloseConnectionException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            LOG.error("an answer broke off, as the rest of it could not be made", e);
            throw new CloseConnectionException("the answer broke off", e);
        }
        out.end();
    }
}
