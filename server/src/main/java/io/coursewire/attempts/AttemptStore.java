package io.coursewire.attempts;

import io.coursewire.kernel.ActivityId;
import io.coursewire.kernel.CourseAttemptId;
import io.coursewire.kernel.ItemId;
import io.coursewire.kernel.UserId;
import io.coursewire.storage.Columns;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/// Every SQL statement that changes attempts. The caller owns the transaction.
final class AttemptStore {
    /// Locks attempts in one order for all, so that groups of them never wait for each other in a circle.
    ///
    /// Who waited for an attempt reads it anew, and nothing else: a participant who was forgotten meanwhile still has
    /// the old name here, so the attempt itself knows better.
    Map<AttemptKey, Attempt> lock(Handle db, Collection<AttemptKey> keys) {
        var ordered = keys.stream().distinct().sorted().toList();
        var attempts = new LinkedHashMap<AttemptKey, Attempt>();
        new Columns<>(
                        db.createQuery(
                                """
                                WITH locked AS (
                                    SELECT a.*
                                    FROM unnest(:clients::text[], :attempts::uuid[]) AS asked (client_id, attempt_id)
                                    JOIN attempt a USING (client_id, attempt_id)
                                    ORDER BY a.client_id, a.attempt_id
                                    FOR NO KEY UPDATE OF a
                                ), about AS MATERIALIZED (
                                    SELECT i.client_id, i.item_id,
                                           c.settings ->> 'scorm12.untouchedStatus' AS untouched_status,
                                           c.settings ->> 'scorm12.failedIsComplete' AS failed_is_complete,
                                           c.settings ->> 'scorm2004.untouchedStatus' AS untouched_status_2004,
                                           title_in(y.titles, c.default_language) AS activity_title,
                                           y.type AS activity_type, y.external_id AS activity_external_id,
                                           title_in(i.titles, c.default_language) AS item_title,
                                           i.type AS item_type, i.external_id AS item_external_id
                                    FROM (SELECT DISTINCT client_id, item_id FROM locked) AS distinct_items
                                    JOIN item i USING (client_id, item_id)
                                    JOIN activity y USING (client_id, activity_id)
                                    JOIN client c USING (client_id)
                                )
                                SELECT l.*, about.*, coalesce(l.anonymised, p.username) AS username
                                FROM locked l
                                JOIN about USING (client_id, item_id)
                                JOIN participant p USING (client_id, user_id)
                                """),
                        ordered)
                .bind("clients", String.class, key -> key.client().value())
                .bind("attempts", UUID.class, key -> key.id().value())
                .statement()
                .map((row, _) -> AttemptRow.read(row))
                .forEach(attempt -> attempts.put(attempt.key(), attempt));
        return attempts;
    }

    /// Locks the roll-up rows of participants at activities: after the attempts, in one order for all. It
    /// is what makes events of one ordering key follow each other. Answers those that there are.
    List<ActivityKey> lockProgress(Handle db, Stream<ActivityKey> activities) {
        var rows = activities.distinct().toList();
        return new Columns<>(
                        db.createQuery(
                                """
                                SELECT place
                                FROM (SELECT * FROM unnest(:clients::text[], :users::uuid[], :activities::uuid[])
                                           WITH ORDINALITY AS asked (client_id, user_id, activity_id, place)
                                      ORDER BY client_id, user_id, activity_id) asked
                                CROSS JOIN LATERAL (
                                    SELECT FROM activity_progress p
                                    WHERE p.client_id = asked.client_id AND p.user_id = asked.user_id
                                      AND p.activity_id = asked.activity_id
                                    FOR NO KEY UPDATE) p
                                """),
                        rows)
                .bind("clients", String.class, key -> key.client().value())
                .bind("users", UUID.class, key -> key.user().value())
                .bind("activities", UUID.class, key -> key.activity().value())
                .statement()
                .map((row, _) -> rows.get(row.getInt(1) - 1))
                .list();
    }

    /// Takes the roll-up row of a participant at an activity, making it first where there is none: who
    /// holds it gives the next attempt number.
    void takeProgress(Handle db, String client, UserId user, ActivityId activity) {
        db.createUpdate(
                        """
                        INSERT INTO activity_progress (client_id, user_id, activity_id)
                        VALUES (:client, :user, :activity)
                        ON CONFLICT (client_id, user_id, activity_id) DO UPDATE SET announced = activity_progress.announced
                        """)
                .bind("client", client)
                .bind("user", user.value())
                .bind("activity", activity.value())
                .execute();
    }

    int nextNumber(Handle db, String client, UserId user, ItemId item) {
        return db.createQuery(
                        """
                        SELECT coalesce(max(attempt_number), 0) + 1
                        FROM attempt
                        WHERE client_id = :client AND user_id = :user AND item_id = :item
                        """)
                .bind("client", client)
                .bind("user", user.value())
                .bind("item", item.value())
                .mapTo(Integer.class)
                .one();
    }

    void insert(
            Handle db,
            AttemptKey key,
            StartAttempt.Subject subject,
            int number,
            DataSource dataSource,
            Instant now) {
        db.createUpdate(
                        """
                        INSERT INTO attempt (
                            client_id, attempt_id, user_id, activity_id, item_id, course_attempt_id,
                            attempt_number, data_source, status, final, rule, completion, success, presence,
                            payload, created_at, updated_at)
                        VALUES (
                            :client, :attempt, :user, :activity, :item, :courseAttempt::uuid,
                            :number, :dataSource, :status, false, 'none', :completion, :success, :presence,
                            '', :now, :now)
                        """)
                .bind("client", key.client().value())
                .bind("attempt", key.id().value())
                .bind("user", subject.user().value())
                .bind("activity", subject.activity().value())
                .bind("item", subject.item().value())
                .bind(
                        "courseAttempt",
                        subject.courseAttempt().map(CourseAttemptId::value).orElse(null))
                .bind("number", number)
                .bind("dataSource", dataSource.word())
                .bind("status", Status.NOT_STARTED.word())
                .bind("completion", Completion.UNKNOWN.word())
                .bind("success", Success.UNKNOWN.word())
                .bind("presence", Presence.NEVER_OPENED.word())
                .bind("now", now)
                .execute();
    }

    /// Writes attempts in one statement, each with the instant of its change.
    void update(Handle db, Collection<Attempt> changed, Instant now) {
        var update =
                new Columns<>(
                        db.createUpdate(
                                """
                                UPDATE attempt a
                                SET version = n.version, status = n.status, final = n.final, rule = n.rule,
                                    completion = n.completion, success = n.success, presence = n.presence,
                                    score_scaled = n.score_scaled, score_raw = n.score_raw,
                                    score_minimum = n.score_minimum, score_maximum = n.score_maximum,
                                    started_at = n.started_at, first_final_at = n.first_final_at,
                                    duration_seconds = n.duration_seconds, announced = n.announced,
                                    payload = n.payload, updated_at = :now
                                FROM unnest(
                                    :clients, :attempts, :versions, :statuses, :finals, :rules, :completions,
                                    :successes, :presences, :scaled, :raw, :minima, :maxima, :started, :firstFinal,
                                    :seconds, :announced, :payloads)
                                    AS n (client_id, attempt_id, version, status, final, rule, completion, success,
                                          presence, score_scaled, score_raw, score_minimum, score_maximum,
                                          started_at, first_final_at, duration_seconds, announced, payload)
                                WHERE a.client_id = n.client_id AND a.attempt_id = n.attempt_id
                                """),
                        changed);
        bindDecisions(update);
        bindFigures(update);
        update.bind("clients", String.class, a -> a.key().client().value())
                .bind("attempts", UUID.class, a -> a.key().id().value())
                .bind("versions", Long.class, Attempt::version)
                .bind("announced", byte[].class, a -> a.announced().map(Digest::bytes).orElse(null))
                .bind("payloads", byte[].class, a -> a.payload().bytes())
                .statement()
                .bind("now", now)
                .execute();
    }

    private static void bindDecisions(Columns<Attempt, Update> update) {
        update.bind("statuses", String.class, a -> StatusRules.status(a.progress()).word())
                .bind("finals", Boolean.class, a -> a.progress().isFinal())
                .bind("rules", String.class, a -> a.progress().rule())
                .bind("completions", String.class, a -> a.progress().completion().word())
                .bind("successes", String.class, a -> a.progress().success().word())
                .bind("presences", String.class, a -> a.progress().presence().word());
    }

    private static void bindFigures(Columns<Attempt, Update> update) {
        update.bind("scaled", BigDecimal.class, a -> a.progress().score().scaled().orElse(null))
                .bind("raw", BigDecimal.class, a -> a.progress().score().raw().orElse(null))
                .bind("minima", BigDecimal.class, a -> a.progress().score().minimum().orElse(null))
                .bind("maxima", BigDecimal.class, a -> a.progress().score().maximum().orElse(null))
                .bind("started", Instant.class, r -> r.started().orElse(null))
                .bind("firstFinal", Instant.class, r -> r.firstFinal().orElse(null))
                .bind("seconds", BigDecimal.class, r -> r.durationSeconds().orElse(null));
    }
}
