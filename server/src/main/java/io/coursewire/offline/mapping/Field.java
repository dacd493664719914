package io.coursewire.offline.mapping;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// What a column can hold: the properties of an AttemptStatus, flattened, and what else a row may bring.
public enum Field {
    CLIENT_ID("clientId"),
    USER_ID("userId"),
    USERNAME("username"),
    USER_EXTERNAL_ID("userExternalId"),
    FIRST_NAME("firstName"),
    LAST_NAME("lastName"),
    EMAIL("email"),
    ACTIVITY_ID("activityId"),
    ACTIVITY_TITLE("activityTitle"),
    ACTIVITY_TYPE("activityType"),
    ACTIVITY_EXTERNAL_ID("activityExternalId"),
    ITEM_ID("itemId"),
    ITEM_TITLE("itemTitle"),
    ITEM_TYPE("itemType"),
    ITEM_EXTERNAL_ID("itemExternalId"),
    ATTEMPT_ID("attemptId"),
    ATTEMPT_NUMBER("attemptNumber"),
    STATUS("status"),
    SCORE_SCALED("scoreScaled"),
    SCORE_RAW("scoreRaw"),
    SCORE_MINIMUM("scoreMinimum"),
    SCORE_MAXIMUM("scoreMaximum"),
    STARTED("startedDateTime"),
    COMPLETED("completedDateTime"),
    DURATION("durationSeconds"),
    DATA_SOURCE("dataSource"),
    INTERACTIONS("interactions"),
    RECORD_ID("recordId");

    /// By name, in the order of an export.
    public static final Map<String, Field> BY_NAME =
            Collections.unmodifiableMap(
                    Arrays.stream(values())
                            .collect(
                                    Collectors.toMap(
                                            Field::columnName,
                                            field -> field,
                                            (one, _) -> one,
                                            LinkedHashMap::new)));

    private final String columnName;

    Field(String columnName) {
        this.columnName = columnName;
    }

    public String columnName() {
        return columnName;
    }
}
