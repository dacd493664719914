package io.coursewire.api;

import static io.helidon.http.Method.GET;

import io.coursewire.kernel.Json;
import io.coursewire.webhooks.catchup.FeedItem;
import io.coursewire.webhooks.catchup.FeedPage;
import io.coursewire.webhooks.catchup.ReadFeed;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// `/events`: everything that happened to a client's attempts, in order, for those who catch up.
public final class EventsResource implements Resource {
    private static final String POSITION = "a position that this feed gave, a whole number";

    private final ReadFeed feed;

    public EventsResource(ReadFeed feed) {
        this.feed = feed;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.ofClient(GET, "/events", this::read).query("after", "limit"));
    }

    private Answer read(Call call) {
        var query = call.query();
        Optional<Long> after = query.parsed("after", EventsResource::position, POSITION);
        return switch (feed.read(call.client(), after, query.limit())) {
            case FeedPage.Events page -> Answer.json(200, json(page));
            case FeedPage.TooOld tooOld ->
                    Answer.problem(
                            Problem.of(
                                            ProblemType.GONE,
                                            "Events after this position are no longer stored. Read on with after=%d, and read what you missed from GET /attempts?updatedSince="
                                                    .formatted(tooOld.oldestPosition()))
                                    .with("oldestPosition", number(tooOld.oldestPosition())));
            case FeedPage.Ahead ahead ->
                    Answer.problem(
                            Problem.of(
                                            ProblemType.POSITION_AHEAD,
                                            "No event has had this position: the database was restored from a backup, or the position is of another server. Read what changed since the backup from GET /attempts?updatedSince= and read on with after=%d."
                                                    .formatted(ahead.lastPosition()))
                                    .with("lastPosition", number(ahead.lastPosition())));
        };
    }

    private static tools.jackson.databind.JsonNode number(long value) {
        return Json.MAPPER.getNodeFactory().numberNode(value);
    }

    private static Optional<Long> position(String text) {
        return Optional.of(text).filter(digits -> digits.matches("\\d{1,18}")).map(Long::valueOf);
    }

    // The data go out byte for byte, as in a webhook.
    private static byte[] json(FeedPage.Events page) {
        var out = new ByteArrayOutputStream();
        write(out, "{\"items\":[");
        String separator = "";
        for (FeedItem item : page.items()) {
            String head = head(item);
            write(out, separator + head.substring(0, head.length() - 1) + ",\"data\":");
            out.writeBytes(item.data());
            write(out, "}");
            separator = ",";
        }
        write(out, "],\"nextPosition\":" + page.nextPosition() + "}");
        return out.toByteArray();
    }

    private static String head(FeedItem item) {
        var head =
                View.object()
                        .put("position", item.position())
                        .put("id", item.id().toString())
                        .put("event", item.event())
                        .put("attemptId", item.attempt().map(UUID::toString).orElse(null));
        if (item.attempt().isPresent()) {
            head.put("attemptVersion", item.version());
        } else {
            head.putNull("attemptVersion");
        }
        return Json.MAPPER.writeValueAsString(head.put("time", item.time().toString()));
    }

    private static void write(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
