package io.coursewire.e2e;

import io.coursewire.kernel.Json;
import io.coursewire.runtime.player.PlayerPages;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The real player's pages before a server that fails as a test says. It applies commits as the protocol promises, and remembers every request.
final class FakeRuntime implements HttpService, AutoCloseable {
    /// One request with commits, as it came in.
    record Sent(String session, String contentType, int bytes, List<Integer> sequences) {}

    private static final List<String> PORTALS = List.of("http://127.0.0.1:*", "http://localhost:*");

    private final List<Sent> requests = new ArrayList<>();
    private final Map<String, List<JsonNode>> applied = new LinkedHashMap<>();
    private final WebServer server;
    private final WebServer portal;
    private Trouble trouble = Trouble.NONE;
    private String returnUrl = "";

    /// What goes wrong with commits from now on.
    enum Trouble {
        NONE,
        SERVER_ERROR,
        CAPTIVE_PORTAL,
        FINISHED
    }

    FakeRuntime() {
        server = serve(routing -> routing.register(new PlayerPages(PORTALS)).register(this));
        portal =
                serve(
                        routing ->
                                routing.get("/portal", this::portal)
                                        .get("/elsewhere", FakeRuntime::elsewhere));
    }

    private static WebServer serve(Consumer<HttpRouting.Builder> routing) {
        return WebServer.builder().host("127.0.0.1").port(0).routing(routing).build().start();
    }

    String launchUrl() {
        return "http://127.0.0.1:" + server.port() + "/launch/link";
    }

    /// A page of another origin that shows the player in a frame: of the player's site by the host 127.0.0.1, of another by localhost.
    String portalUrl(String host) {
        return "http://" + host + ":" + portal.port() + "/portal";
    }

    synchronized void trouble(Trouble next) {
        trouble = next;
    }

    synchronized void returnTo(String url) {
        returnUrl = url;
    }

    synchronized List<Sent> requests() {
        return List.copyOf(requests);
    }

    synchronized List<String> sessions() {
        return List.copyOf(applied.keySet());
    }

    /// What the server knows of a session's content by now.
    synchronized Map<String, String> elements(String session) {
        var elements = new LinkedHashMap<String, String>();
        applied.get(session)
                .forEach(
                        commit ->
                                commit.get("elements")
                                        .properties()
                                        .forEach(
                                                e ->
                                                        elements.put(
                                                                e.getKey(),
                                                                e.getValue().asString())));
        return elements;
    }

    synchronized List<JsonNode> commits(String session) {
        return List.copyOf(applied.get(session));
    }

    /// How often content's finish was told.
    long finishes(String session) {
        return commits(session).stream().filter(c -> c.get("finish").asBoolean()).count();
    }

    /// How often it was told that content went without a finish.
    long leaves(String session) {
        return commits(session).stream().filter(c -> c.path("left").asBoolean()).count();
    }

    @Override
    public void close() {
        portal.stop();
        server.stop();
    }

    @Override
    public void routing(HttpRules rules) {
        rules.post(
                        "/launch/{token}",
                        (_, response) -> json(response, 200, "{\"location\":\"/play/token\"}"))
                .post("/play/{token}/sessions", this::open)
                .post("/play/{token}/sessions/{session}/commits", this::commit)
                .get("/content/{file}", this::content)
                .get("/elsewhere", FakeRuntime::elsewhere);
    }

    private void portal(ServerRequest request, ServerResponse response) {
        html(response, "<iframe src='" + launchUrl() + "'></iframe>");
    }

    private static void elsewhere(ServerRequest request, ServerResponse response) {
        html(response, "<h1>Elsewhere</h1>");
    }

    private synchronized void open(ServerRequest request, ServerResponse response) {
        var elements = Json.MAPPER.createObjectNode();
        applied.keySet().forEach(session -> elements(session).forEach(elements::put));
        var session = "s" + (applied.size() + 1);
        applied.put(session, new ArrayList<>());
        var body = Json.MAPPER.createObjectNode();
        body.put("sessionId", session)
                .put("standard", "scorm12")
                .put("title", "How to boil an egg")
                .put("mode", "normal")
                .put("contentUrl", "/content/index.html")
                .put("aliveSeconds", 60);
        if (!returnUrl.isEmpty()) {
            body.put("returnUrl", returnUrl);
        }
        body.set("elements", elements);
        json(response, 201, body.toString());
    }

    private synchronized void commit(ServerRequest request, ServerResponse response) {
        var session = request.path().pathParameters().get("session");
        var text = request.content().as(String.class);
        var commits = Json.MAPPER.readTree(text).get("commits");
        requests.add(
                new Sent(
                        session,
                        request.headers().value(HeaderNames.CONTENT_TYPE).orElse(""),
                        text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length,
                        commits.valueStream().map(c -> c.get("sequence").asInt()).toList()));
        switch (trouble) {
            case SERVER_ERROR -> problem(response, 503, "unavailable");
            case CAPTIVE_PORTAL ->
                    response.header(HeaderNames.CONTENT_TYPE, "text/html")
                            .send("<h1>Welcome to our hotel</h1>");
            case FINISHED -> problem(response, 409, "session-finished");
            case NONE -> apply(session, commits, response);
        }
    }

    private void apply(String session, JsonNode commits, ServerResponse response) {
        if (!session.equals(sessions().getLast())) {
            problem(response, 409, "session-replaced");
            return;
        }
        var known = applied.get(session);
        for (var commit : commits) {
            int sequence = commit.get("sequence").asInt();
            if (sequence > known.size() + 1) {
                problem(response, 409, "sequence-gap");
                return;
            }
            if (sequence == known.size() + 1) {
                known.add(commit);
            }
        }
        json(response, 200, "{\"acknowledged\":" + known.size() + ",\"status\":\"incomplete\"}");
    }

    private void problem(ServerResponse response, int status, String name) {
        ObjectNode body = Json.MAPPER.createObjectNode();
        body.put("type", "https://coursewire.test/problems/" + name)
                .put("title", name)
                .put("detail", "As the test wants it.");
        response.status(Status.create(status))
                .header(HeaderNames.CONTENT_TYPE, "application/problem+json")
                .send(body.toString());
    }

    private static void json(ServerResponse response, int status, String body) {
        response.status(Status.create(status))
                .header(HeaderNames.CONTENT_TYPE, "application/json")
                .send(body);
    }

    private static void html(ServerResponse response, String body) {
        response.header(HeaderNames.CONTENT_TYPE, "text/html").send(body);
    }

    private void content(ServerRequest request, ServerResponse response) throws IOException {
        var file = request.path().pathParameters().get("file");
        try (var in = FakeRuntime.class.getResourceAsStream("/course/" + file)) {
            response.header(
                            HeaderNames.CONTENT_TYPE,
                            file.endsWith(".js") ? "text/javascript" : "text/html; charset=utf-8")
                    .header(HeaderNames.create("Permissions-Policy"), "unload=*")
                    .send(in.readAllBytes());
        }
    }
}
