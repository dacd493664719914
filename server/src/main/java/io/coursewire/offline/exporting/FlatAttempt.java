package io.coursewire.offline.exporting;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.coursewire.attempts.Payload;
import io.coursewire.kernel.Json;
import io.coursewire.offline.mapping.Field;
import java.util.ArrayList;
import java.util.List;

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

    /// A cell; "" where the property is not available.
    record Cell(String text, boolean isNumber) {
        static final Cell EMPTY = new Cell("", false);
    }

    private FlatAttempt() {}

    static List<String> header() {
        return FIELDS.stream().map(Field::columnName).toList();
    }

    /// In the order of the header: the values of a payload of our own, which has no blanks between its parts and ends with
    /// its interactions, taken from where they stand.
    static List<Cell> cells(Payload attempt) {
        var json = attempt.bytes();
        var cells = new ArrayList<Cell>(FIELDS.size());
        int at = afterName(json, 1);
        while (json[at] != '[') {
            if (json[at] == '{') {
                at++;
            } else {
                int end = json[at] == '"' ? endOfText(json, at) : endOfWord(json, at);
                cells.add(cell(json, at, end));
                for (at = end; json[at] == '}' || json[at] == ','; ) {
                    at++;
                }
            }
            at = afterName(json, at);
        }
        cells.add(interactions(json, at));
        return cells;
    }

    private static int afterName(byte[] json, int from) {
        return endOfText(json, from) + 1;
    }

    private static int endOfText(byte[] json, int from) {
        int at = from + 1;
        while (json[at] != '"') {
            at += json[at] == '\\' ? 2 : 1;
        }
        return at + 1;
    }

    private static int endOfWord(byte[] json, int from) {
        int at = from;
        while (json[at] != ',' && json[at] != '}') {
            at++;
        }
        return at;
    }

    private static Cell cell(byte[] json, int from, int end) {
        return switch (json[from]) {
            case '"' -> new Cell(text(json, from, end), false);
            case 'n' -> Cell.EMPTY;
            default -> new Cell(new String(json, from, end - from, ISO_8859_1), true);
        };
    }

    private static String text(byte[] json, int from, int end) {
        var text = new String(json, from + 1, end - from - 2, UTF_8);
        return text.indexOf('\\') < 0
                ? text
                : Json.MAPPER.readTree(json, from, end - from).stringValue();
    }

    // They are the last property: what comes after them is the end of the object.
    private static Cell interactions(byte[] json, int from) {
        int length = json.length - 1 - from;
        return length <= "[]".length()
                ? Cell.EMPTY
                : new Cell(new String(json, from, length, UTF_8), false);
    }
}
