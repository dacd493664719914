package io.coursewire.offline.reading;

import io.coursewire.kernel.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// The rows of an NDJSON file: an AttemptStatus object per line, flattened, so that an export is an import; or an xAPI
/// statement.
final class JsonRows implements Rows {
    static final int LINE_CHARS_MAX = 8 * 1024 * 1024;

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

    private final BufferedReader text;
    private long line;

    private JsonRows(BufferedReader text) {
        this.text = text;
    }

    static JsonRows open(Path file) throws IOException {
        var found = FindEncoding.of(file);
        if (!found.charset().equals(StandardCharsets.UTF_8)) {
            throw new UnreadableFile("The file is not UTF-8, as JSON has to be.");
        }
        var in = Files.newInputStream(file);
        in.skipNBytes(found.markBytes());
        return new JsonRows(
                new BufferedReader(
                        new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()), 64 * 1024));
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
        try {
            for (var read = readLine(); read.isPresent(); read = readLine()) {
                if (!read.get().isBlank()) {
                    return read.map(this::row);
                }
            }
            return Optional.empty();
        } catch (CharacterCodingException e) {
            throw new UnreadableFile("Line " + (line + 1) + " is not UTF-8.", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The next line; of one beyond the limit as much as tells that.
    private Optional<String> readLine() throws IOException {
        var read = new StringBuilder();
        int c = text.read();
        if (c < 0) {
            return Optional.empty();
        }
        line++;
        for (; c >= 0 && c != '\n'; c = text.read()) {
            if (read.length() <= LINE_CHARS_MAX) {
                read.append((char) c);
            }
        }
        return Optional.of(read.toString());
    }

    private Row row(String json) {
        if (json.length() > LINE_CHARS_MAX) {
            return flawed("has more than " + LINE_CHARS_MAX + " characters.");
        }
        try {
            var node = Json.MAPPER.readTree(json);
            return XapiStatement.is(node)
                    ? row(XapiStatement.read(node))
                    : node.isObject()
                            ? row(name -> cell(node, name))
                            : flawed("must be a JSON object: an AttemptStatus or a statement.");
        } catch (JacksonException e) {
            return flawed("is no JSON: " + e.getOriginalMessage());
        }
    }

    private Row row(XapiStatement.Outcome statement) {
        return switch (statement) {
            case XapiStatement.Cells(var cells) -> row(name -> cells.getOrDefault(name, ""));
            case XapiStatement.NoResult(var message) -> flawed(message);
        };
    }

    private Row row(UnaryOperator<String> cell) {
        return new Row(line, HEADER.stream().map(cell).toList(), List.of());
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
                                ? value.decimalValue().toPlainString()
                                : value.toString();
        return HEADER.indexOf(name) == STATUS && text.equals("active") ? "inProgress" : text;
    }

    private Row flawed(String message) {
        return new Row(
                line, HEADER.stream().map(_ -> "").toList(), List.of(new Row.Flaw(-1, message)));
    }

    @Override
    public void close() throws IOException {
        text.close();
    }
}
