package io.coursewire.api;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import io.coursewire.attempts.AttemptFilter;
import io.coursewire.attempts.DataSource;
import io.coursewire.attempts.Status;
import io.coursewire.kernel.ActivityId;
import io.coursewire.kernel.ItemId;
import io.coursewire.kernel.UserId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// The parameters of a query that say which attempts are meant: the same for lists and exports.
final class AttemptFilterQuery {
    static final List<String> NAMES =
            List.of(
                    "username",
                    "userId",
                    "activityId",
                    "itemId",
                    "status",
                    "dataSource",
                    "updatedSince");
    private static final Map<String, Status> STATUSES =
            Arrays.stream(Status.values()).collect(toMap(Status::word, identity()));
    private static final Map<String, DataSource> DATA_SOURCES =
            Arrays.stream(DataSource.values()).collect(toMap(DataSource::word, identity()));
    private static final String UUID_FORM = "an id: a UUID in its 36-character form";

    private AttemptFilterQuery() {}

    /// The names, and those of the route's own.
    static String[] with(String... others) {
        var names = new ArrayList<>(NAMES);
        names.addAll(List.of(others));
        return names.toArray(String[]::new);
    }

    static AttemptFilter read(Query query) {
        return new AttemptFilter(
                query.text("username"),
                query.parsed("userId", UserId::parse, UUID_FORM),
                query.parsed("activityId", ActivityId::parse, UUID_FORM),
                query.parsed("itemId", ItemId::parse, UUID_FORM),
                query.word("status", STATUSES),
                query.word("dataSource", DATA_SOURCES),
                query.instant("updatedSince"));
    }
}
