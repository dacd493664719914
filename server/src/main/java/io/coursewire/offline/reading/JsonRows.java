package io.coursewire.offline.reading;

import io.coursewire.kernel.Json;
import io.coursewire.kernel.Magnitude;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// The rows of an NDJSON file: an AttemptStatus object per line, flattened, so that an export is an import; or xAPI
/// statements, of which those of one attempt are one row.
final class JsonRows implements Rows {
    /// The name of each column, and where its value is in an AttemptStatus. A record id is not one of its
    /// properties; a source that has one may add it.
    private static final Map<String, String> PLACES =
            Map.ofEntries(
                    Map.entry("userId", "/user/id"),
                    Map.entry("username", "/user/username"),
                    Map.entry("activityId", "/activity/id"),
                    Map.entry("activityTitle", "/activity/title"),
                    Map.entry("activityType", "/activity/type"),
                    Map.entry("activityExternalId", "/activity/externalId"),
                    Map.entry("itemId", "/item/id"),
                    Map.entry("itemTitle", "/item/title"),
                    Map.entry("itemType", "/item/type"),
                    Map.entry("itemExternalId", "/item/externalId"),
                    Map.entry("attemptId", "/attemptId"),
                    Map.entry("attemptNumber", "/attemptNumber"),
                    Map.entry("status", "/status"),
                    Map.entry("scoreScaled", "/scoreScaled"),
                    Map.entry("scoreRaw", "/scoreRaw"),
                    Map.entry("scoreMinimum", "/scoreMinimum"),
                    Map.entry("scoreMaximum", "/scoreMaximum"),
                    Map.entry("startedDateTime", "/startedDateTime"),
                    Map.entry("completedDateTime", "/completedDateTime"),
                    Map.entry("durationSeconds", "/durationSeconds"),
                    Map.entry("interactions", "/interactions"),
                    Map.entry("recordId", "/recordId"));

    private static final List<String> HEADER = PLACES.keySet().stream().sorted().toList();
    private static final int STATUS = HEADER.indexOf("status");

    private final Path file;
    private final int markBytes;
    private final TextLines lines;
    private final Deque<Row> ready = new ArrayDeque<>();
    private Optional<XapiAttempts> attempts = Optional.empty();

    private JsonRows(Path file, int markBytes) throws IOException {
        this.file = file;
        this.markBytes = markBytes;
        this.lines = TextLines.open(file, markBytes);
    }

    static JsonRows open(Path file) throws IOException {
        var found = FindEncoding.of(file);
        if (!found.charset().equals(StandardCharsets.UTF_8)) {
            throw new UnreadableFile("The file is not UTF-8, as JSON has to be.");
        }
        return new JsonRows(file, found.markBytes());
    }

    @Override
    public List<String> header() {
        return HEADER;
    }

    @Override
    public boolean ownColumns() {
        return false;
    }

    @Override
    public Optional<Row> next() {
        while (ready.isEmpty()) {
            var line = lines.next();
            if (line.isEmpty()) {
                return Optional.empty();
            }
            read(line.get());
        }
        return Optional.of(ready.remove());
    }

    private void read(String json) {
        if (json.length() > TextLines.CHARS_MAX) {
            refuse("has more than " + TextLines.CHARS_MAX + " characters.");
            return;
        }
        try {
            var node = Json.MAPPER.readTree(json);
            if (XapiStatement.is(node)) {
                read(XapiStatement.read(node, lines.number()));
            } else if (node.isObject()) {
                ready.add(row(lines.number(), name -> cell(node, name)));
            } else {
                refuse("must be a JSON object: an AttemptStatus or a statement.");
            }
        } catch (JacksonException e) {
            refuse("is no JSON: " + e.getOriginalMessage());
        }
    }

    private void read(XapiStatement.Outcome outcome) {
        switch (outcome) {
            case XapiStatement.NoResult(var message) -> refuse(message);
            case XapiStatement.Understood(var statement) -> {
                if (attempts.isEmpty()) {
                    attempts =
                            Optional.of(
                                    XapiAttempts.of(
                                            file, markBytes, XapiAttempts.WAITING_BYTES_MAX));
                }
                attempts.get().take(statement).forEach(this::add);
            }
        }
    }

    private void add(XapiAttempts.Outcome outcome) {
        ready.add(
                switch (outcome) {
                    case XapiAttempts.Whole(var attempt) ->
                            row(attempt.line(), name -> attempt.cells().getOrDefault(name, ""));
                    case XapiAttempts.TooFarApart(var line) ->
                            flawed(line, XapiAttempts.TooFarApart.MESSAGE);
                });
    }

    private static Row row(long line, UnaryOperator<String> cell) {
        return new Row(line, HEADER.stream().map(cell).toList(), List.of());
    }

    private void refuse(String message) {
        ready.add(flawed(lines.number(), message));
    }

    private static Row flawed(long line, String message) {
        return new Row(
                line, HEADER.stream().map(_ -> "").toList(), List.of(new Row.Flaw(-1, message)));
    }

    // Nobody is inside an attempt that was read from a file.
    private static String cell(JsonNode node, String name) {
        var value = node.at(PLACES.get(name));
        if (value.isNull() || value.isMissingNode()) {
            return "";
        }
        var text =
                value.isString()
                        ? value.stringValue()
                        : value.isNumber()
                                ? Magnitude.text(value.decimalValue())
                                : value.toString();
        return HEADER.indexOf(name) == STATUS && text.equals("active") ? "inProgress" : text;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
