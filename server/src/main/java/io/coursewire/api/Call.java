package io.coursewire.api;

import io.coursewire.api.keys.Caller;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.JsonFields;
import io.coursewire.kernel.Sha256;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// One admitted request, as an action of a [Resource] reads it.
public final class Call implements AutoCloseable {
    private final ServerRequest request;
    private final Caller caller;
    private final Map<String, String> places;
    private final Query query;
    private final RequestBody body;
    private final List<Runnable> lastly = new ArrayList<>();
    private Runnable afterwards = () -> {};

    Call(
            ServerRequest request,
            Caller caller,
            Map<String, String> places,
            Query query,
            BodyRoom room) {
        this.request = request;
        this.caller = caller;
        this.places = places;
        this.query = query;
        this.body = new RequestBody(request, room);
    }

    /// Does something that waits for others, when no transaction is open any more and before the call is answered.
    /// Not done for a repetition of the call, nor when its transaction fails.
    void afterwards(Runnable task) {
        afterwards = task;
    }

    /// Does something when the call is over, whatever became of it.
    void lastly(Runnable task) {
        lastly.add(task);
    }

    void finish() {
        afterwards.run();
    }

    public Caller caller() {
        return caller;
    }

    /// The client in the path; the guard has let the caller through to it.
    public ClientId client() {
        return id("clientId", ClientId::parse);
    }

    /// A text of the path, decoded.
    public String path(String name) {
        return PercentText.decodePath(name, places.get(name));
    }

    /// An id in the path; a malformed one names nothing, so it answers 404.
    public <T> T id(String name, Function<String, Optional<T>> parser) {
        return parser.apply(path(name)).orElseThrow(Call::notFound);
    }

    public Query query() {
        return query;
    }

    /// The body, a JSON object of at most a mebibyte.
    public JsonFields json() {
        return json(RequestBody.JSON_BYTES_MAX);
    }

    /// Where there is nothing to say: no body, or an object without fields.
    public void noFields() {
        body.jsonIfAny().check();
    }

    /// The same, where all that could be said may be left out.
    JsonFields jsonIfAny() {
        return body.jsonIfAny();
    }

    public JsonFields json(int bytesMax) {
        return body.json(bytesMax);
    }

    /// The same for what browsers also send from a page that goes away, as plain text.
    JsonFields beacon(int bytesMax) {
        return body.json(bytesMax, Set.of("application/json", "text/plain"));
    }

    /// The body's declared media type, lower case and without parameters; one of `accepted`, else 415.
    public String mediaType(Set<String> accepted) {
        return body.mediaType(accepted);
    }

    public InputStream stream() {
        return body.stream();
    }

    /// Takes the whole body off the network, for an action that will read it while a transaction is open.
    void receive() {
        body.receive();
    }

    public Optional<String> header(String name) {
        return request.headers().first(HeaderNames.create(name));
    }

    /// What there is to say about a path that leads nowhere, or not for this key.
    public static Answer nothingHere() {
        return Answer.problem(
                ProblemType.NOT_FOUND,
                "There is nothing at this path, or not for this key. Check the ids in it.");
    }

    static Refused notFound() {
        return new Refused(nothingHere());
    }

    /// Begins to take this request's fingerprint; to be called before its body is read.
    Fingerprint fingerprint() {
        var digest = Sha256.start();
        for (var part :
                List.of(
                        request.prologue().method().text(),
                        request.path().rawPath(),
                        request.query().rawValue())) {
            digest.update(part.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) '\n');
        }
        body.digest(digest);
        return () -> {
            body.skip();
            return digest.digest();
        };
    }

    /// Tells a request from others: what it does to what, and its whole body, of which it reads what nobody has read.
    @FunctionalInterface
    interface Fingerprint {
        byte[] end();
    }

    @Override
    public void close() {
        try (body) {
            lastly.forEach(Runnable::run);
        }
    }
}
