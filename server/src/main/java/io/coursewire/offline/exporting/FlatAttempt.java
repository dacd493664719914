package io.coursewire.offline.exporting;

import io.coursewire.attempts.Payload;
import io.coursewire.kernel.Json;
import io.coursewire.offline.mapping.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.ObjectReader;

/// An AttemptStatus as a row: a cell per property, objects inside it flattened, interactions as JSON.
final class FlatAttempt {
    /// In the order of the object's own properties.
    private static final List<Field> FIELDS =
            List.of(
                    Field.CLIENT_ID,
                    Field.USER_ID,
                    Field.USERNAME,
                    Field.ACTIVITY_ID,
                    Field.ACTIVITY_TITLE,
                    Field.ACTIVITY_TYPE,
                    Field.ACTIVITY_EXTERNAL_ID,
                    Field.ITEM_ID,
                    Field.ITEM_TITLE,
                    Field.ITEM_TYPE,
                    Field.ITEM_EXTERNAL_ID,
                    Field.ATTEMPT_ID,
                    Field.ATTEMPT_NUMBER,
                    Field.STATUS,
                    Field.SCORE_SCALED,
                    Field.SCORE_RAW,
                    Field.SCORE_MINIMUM,
                    Field.SCORE_MAXIMUM,
                    Field.STARTED,
                    Field.COMPLETED,
                    Field.DURATION,
                    Field.DATA_SOURCE,
                    Field.INTERACTIONS);

    // Our own payloads hold no property twice.
    private static final ObjectReader READER =
            Json.MAPPER.reader().without(StreamReadFeature.STRICT_DUPLICATE_DETECTION);

    /// A cell; "" where the property is not available.
    record Cell(String text, boolean isNumber) {
        static final Cell EMPTY = new Cell("", false);
    }

    private FlatAttempt() {}

    static List<String> header() {
        return FIELDS.stream().map(Field::columnName).toList();
    }

    /// In the order of the header: the values of a payload of our own, as they come, and its interactions as they are.
    static List<Cell> cells(Payload attempt) {
        var cells = new ArrayList<Cell>(FIELDS.size());
        try (var json = READER.createParser(attempt.bytes())) {
            for (var token = json.nextToken(); token != null; token = json.nextToken()) {
                switch (token) {
                    case VALUE_STRING -> cells.add(new Cell(json.getString(), false));
                    case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
                            cells.add(new Cell(json.getString(), true));
                    case VALUE_NULL -> cells.add(Cell.EMPTY);
                    case START_ARRAY -> {
                        long from = json.currentTokenLocation().getByteOffset();
                        cells.add(interactions(attempt.bytes(), (int) from));
                        return cells;
                    }
                    default -> {}
                }
            }
        }
        throw new IllegalStateException("an AttemptStatus ends with its interactions");
    }

    // They are the last property: what comes after them is the end of the object.
    private static Cell interactions(byte[] payload, int from) {
        int length = payload.length - 1 - from;
        return length <= "[]".length()
                ? Cell.EMPTY
                : new Cell(new String(payload, from, length, StandardCharsets.UTF_8), false);
    }
}
