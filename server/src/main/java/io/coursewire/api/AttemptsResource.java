package io.coursewire.api;

import static io.helidon.http.Method.GET;

import io.coursewire.attempts.ReadAttempts;
import io.coursewire.attempts.ReadAttempts.After;
import io.coursewire.attempts.ReadAttempts.Listed;
import io.coursewire.kernel.AttemptId;
import io.coursewire.kernel.Cursor;
import io.coursewire.kernel.InstantText;
import io.coursewire.kernel.Page;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// `/attempts`: how participants' attempts went. Every AttemptStatus is the bytes that a webhook carries.
public final class AttemptsResource implements Resource {
    private final ReadAttempts attempts;

    public AttemptsResource(ReadAttempts attempts) {
        this.attempts = attempts;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.ofClient(GET, "/attempts", this::list)
                        .query(AttemptFilterQuery.with("limit", "cursor")),
                Route.ofClient(GET, "/attempts/{attemptId}", this::get));
    }

    private Answer get(Call call) {
        var payload = attempts.get(call.client(), call.id("attemptId", AttemptId::parse));
        return Answer.json(200, payload.orElseThrow(Call::notFound).bytes());
    }

    private Answer list(Call call) {
        int limit = call.query().limit();
        var after = call.query().cursor().map(AttemptsResource::after);
        var found =
                attempts.list(
                        call.client(), AttemptFilterQuery.read(call.query()), after, limit + 1);
        return Answer.json(200, json(page(found, limit)));
    }

    // One that is cut for its size is not the last.
    private static Page<Listed> page(List<Listed> found, int limit) {
        long bytes = found.stream().mapToLong(one -> one.payload().bytes().length).sum();
        return found.size() <= limit && bytes >= ReadAttempts.PAGE_BYTES_MAX
                ? new Page<>(found, Optional.of(place(found.getLast()).text()))
                : Page.of(found, limit, AttemptsResource::place);
    }

    private static Cursor place(Listed last) {
        return Cursor.of(last.place().updatedAt(), last.place().id());
    }

    private static After after(String cursor) {
        var parts = Cursor.parse(cursor, 2);
        return new After(parts.part(0, InstantText::parse), parts.part(1, AttemptId::parse));
    }

    // The payloads are JSON already and go in as they are.
    private static byte[] json(Page<Listed> page) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(ascii("{\"items\":["));
        for (int i = 0; i < page.items().size(); i++) {
            out.writeBytes(ascii(i == 0 ? "" : ","));
            out.writeBytes(page.items().get(i).payload().bytes());
        }
        var cursor = page.nextCursor().map(text -> '"' + text + '"').orElse("null");
        out.writeBytes(ascii("],\"nextCursor\":" + cursor + "}"));
        return out.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
