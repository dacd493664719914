package io.coursewire.runtime.launch;

import io.coursewire.kernel.ItemId;
import io.coursewire.runtime.Elements;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// The SQL that reads what the player shows.
final class ViewStore {
    Viewer viewer(Handle db, Launch launch) {
        return db.createQuery(
                        """
                        SELECT p.user_id, p.username, p.first_name, p.last_name, p.language, c.default_language,
                               title_in(y.titles, c.default_language) AS title,
                               coalesce((c.settings ->> 'scorm12.strictLimits')::boolean, false) AS strict_limits
                        FROM participant p
                        JOIN client c USING (client_id)
                        JOIN activity y USING (client_id)
                        WHERE p.client_id = :client AND p.user_id = :user AND y.activity_id = :activity
                        """)
                .bind("client", launch.client().value())
                .bind("user", launch.user().value())
                .bind("activity", launch.activity().value())
                .map(
                        (row, _) ->
                                new Viewer(
                                        row.getString("user_id"),
                                        row.getString("username"),
                                        Optional.ofNullable(row.getString("first_name")),
                                        Optional.ofNullable(row.getString("last_name")),
                                        Optional.ofNullable(row.getString("language")),
                                        row.getString("default_language"),
                                        row.getString("title"),
                                        row.getBoolean("strict_limits")))
                .one();
    }

    /// What the items of the launch's activity are called, in the client's default language.
    Map<ItemId, String> titles(Handle db, Launch launch) {
        var titles = new HashMap<ItemId, String>();
        db.createQuery(
                        """
                        SELECT i.item_id, title_in(i.titles, c.default_language) AS title
                        FROM item i
                        JOIN client c USING (client_id)
                        WHERE i.client_id = :client AND i.activity_id = :activity
                        """)
                .bind("client", launch.client().value())
                .bind("activity", launch.activity().value())
                .map(
                        (row, _) ->
                                Map.entry(
                                        new ItemId(row.getObject("item_id", UUID.class)),
                                        row.getString("title")))
                .forEach(entry -> titles.put(entry.getKey(), entry.getValue()));
        return titles;
    }

    /// The status of each item that has an attempt in the launch's course attempt.
    Map<ItemId, String> statuses(Handle db, Launch launch) {
        var statuses = new HashMap<ItemId, String>();
        db.createQuery(
                        """
                        SELECT DISTINCT ON (item_id) item_id, status
                        FROM attempt
                        WHERE client_id = :client AND course_attempt_id = :course::uuid
                        ORDER BY item_id, attempt_number DESC
                        """)
                .bind("client", launch.client().value())
                .bind("course", launch.courseAttempt().map(id -> id.value()).orElse(null))
                .map(
                        (row, _) ->
                                Map.entry(
                                        new ItemId(row.getObject("item_id", UUID.class)),
                                        row.getString("status")))
                .forEach(entry -> statuses.put(entry.getKey(), entry.getValue()));
        return statuses;
    }

    /// What content said in each attempt of the launch's course attempt, by its newest session; what was said last comes last.
    List<Elements> said(Handle db, Launch launch) {
        return db.createQuery(
                        """
                        SELECT elements FROM (
                            SELECT DISTINCT ON (a.item_id) s.elements, s.last_seen_at, s.session_id
                            FROM attempt a
                            JOIN session s USING (client_id, attempt_id)
                            WHERE a.client_id = :client AND a.course_attempt_id = :course::uuid
                            ORDER BY a.item_id, a.attempt_number DESC, s.opened_at DESC, s.session_id DESC
                        ) newest
                        ORDER BY last_seen_at, session_id
                        """)
                .bind("client", launch.client().value())
                .bind("course", launch.courseAttempt().map(id -> id.value()).orElse(null))
                .map((row, _) -> ElementsJson.read(row.getString("elements")))
                .list();
    }
}
