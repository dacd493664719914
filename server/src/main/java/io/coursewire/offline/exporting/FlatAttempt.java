package io.coursewire.offline.exporting;

import io.coursewire.attempts.Payload;
import io.coursewire.kernel.Json;
import io.coursewire.offline.mapping.Field;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// An AttemptStatus as a row: a cell per property, objects inside it flattened, interactions as JSON.
final class FlatAttempt {
    private static final List<Column> COLUMNS =
            List.of(
                    new Column(Field.CLIENT_ID, "clientId", ""),
                    new Column(Field.USER_ID, "user", "id"),
                    new Column(Field.USERNAME, "user", "username"),
                    new Column(Field.ACTIVITY_ID, "activity", "id"),
                    new Column(Field.ACTIVITY_TITLE, "activity", "title"),
                    new Column(Field.ACTIVITY_TYPE, "activity", "type"),
                    new Column(Field.ACTIVITY_EXTERNAL_ID, "activity", "externalId"),
                    new Column(Field.ITEM_ID, "item", "id"),
                    new Column(Field.ITEM_TITLE, "item", "title"),
                    new Column(Field.ITEM_TYPE, "item", "type"),
                    new Column(Field.ITEM_EXTERNAL_ID, "item", "externalId"),
                    new Column(Field.ATTEMPT_ID, "attemptId", ""),
                    new Column(Field.ATTEMPT_NUMBER, "attemptNumber", ""),
                    new Column(Field.STATUS, "status", ""),
                    new Column(Field.SCORE_SCALED, "scoreScaled", ""),
                    new Column(Field.SCORE_RAW, "scoreRaw", ""),
                    new Column(Field.SCORE_MINIMUM, "scoreMinimum", ""),
                    new Column(Field.SCORE_MAXIMUM, "scoreMaximum", ""),
                    new Column(Field.STARTED, "startedDateTime", ""),
                    new Column(Field.COMPLETED, "completedDateTime", ""),
                    new Column(Field.DURATION, "durationSeconds", ""),
                    new Column(Field.DATA_SOURCE, "dataSource", ""),
                    new Column(Field.INTERACTIONS, "interactions", ""));

    /// A field, and where it is in the object.
    private record Column(Field field, String property, String inner) {
        JsonNode of(JsonNode attempt) {
            var value = attempt.get(property);
            return inner.isEmpty() ? value : value.get(inner);
        }
    }

    private FlatAttempt() {}

    static List<String> header() {
        return COLUMNS.stream().map(column -> column.field().columnName()).toList();
    }

    /// Nodes in the order of the header; what is not available is null.
    static List<JsonNode> cells(Payload attempt) {
        var node = Json.MAPPER.readTree(attempt.bytes());
        return COLUMNS.stream().map(column -> column.of(node)).toList();
    }

    static String text(JsonNode cell) {
        if (cell.isNull() || cell.isArray() && cell.isEmpty()) {
            return "";
        }
        if (cell.isNumber()) {
            return cell.decimalValue().toPlainString();
        }
        return cell.isString() ? cell.stringValue() : cell.toString();
    }
}
