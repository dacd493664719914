package io.coursewire.app.demo;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// One opening of an item by a {@link HeadlessParticipant}. Numbers its commits, sends what changed only,
/// and repeats in order whatever was not acknowledged yet. For one thread.
public final class HeadlessSession {
    private final ContentOrigin origin;
    private final String commitsPath;
    private final JsonNode opened;
    private final Clock clock;
    private final Map<String, String> elements = new LinkedHashMap<>();
    private final List<ObjectNode> unacknowledged = new ArrayList<>();
    private int lastSequence;

    HeadlessSession(ContentOrigin origin, String playPath, JsonNode opened, Clock clock) {
        this.origin = origin;
        this.commitsPath =
                playPath + "/sessions/" + opened.path("sessionId").asString() + "/commits";
        this.opened = opened;
        this.clock = clock;
        opened.path("elements")
                .properties()
                .forEach(e -> elements.put(e.getKey(), e.getValue().asString()));
    }

    /// The answer that opened the session.
    public JsonNode opened() {
        return opened;
    }

    /// What content would read: seeded by the server, then as content set it. Empty where nothing is.
    public String element(String name) {
        return elements.getOrDefault(name, "");
    }

    /// A file of the course, by the address that the player would give the frame.
    public byte[] content() {
        return origin.get(opened.path("contentUrl").asString());
    }

    /// Sends the changes; the attempt's status as the server sees it then.
    public String commit(Map<String, String> values) {
        return send(values, "");
    }

    /// The content's own end.
    public String finish(Map<String, String> values) {
        return send(values, "finish");
    }

    /// The page goes away without an end.
    public String leave(Map<String, String> values) {
        return send(values, "left");
    }

    private String send(Map<String, String> values, String end) {
        unacknowledged.add(next(values, end));
        var body = JsonNodeFactory.instance.objectNode();
        body.putArray("commits").addAll(unacknowledged);
        var answer = origin.post(commitsPath, body);
        int acknowledged = answer.path("acknowledged").asInt();
        unacknowledged.removeIf(commit -> commit.path("sequence").asInt() <= acknowledged);
        return answer.path("status").asString();
    }

    private ObjectNode next(Map<String, String> values, String end) {
        var now = clock.instant();
        var commit = JsonNodeFactory.instance.objectNode();
        commit.put("sequence", ++lastSequence);
        var changed = commit.putObject("elements");
        values.forEach(
                (name, value) -> {
                    if (!Objects.equals(elements.put(name, value), value)) {
                        changed.put(name, value);
                    }
                });
        commit.putArray("rejected");
        commit.put("finish", end.equals("finish"));
        if (end.equals("left")) {
            commit.put("left", true);
        }
        commit.put("at", now.toString());
        commit.put(
                "utcOffsetMinutes",
                clock.getZone().getRules().getOffset(now).getTotalSeconds() / 60);
        return commit;
    }
}
