package io.coursewire.bench.run;

import io.coursewire.bench.load.BenchFailed;
import java.util.UUID;
import java.util.function.IntConsumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// Events that nobody has delivered yet, and those that were delivered days ago, written in bulk: as a server that
/// stood still, or that has run for days, has them.
record BacklogStore(Jdbi jdbi, String client) {
    private static final int ROWS_AT_ONCE = 100_000;
    private static final int KEYS = 6_400;
    private static final int HISTORY_DAYS = 7;

    // About as long as the AttemptStatus of a small quiz, and as hard to compress.
    private static final String EVENT_COLUMNS =
            """
            (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7' || left(md5(n::text), 3)
                || '8' || left(md5('x' || n), 15))::uuid AS event_id,
            n % 64 AS bucket,
            md5('user' || n % %1$d)::uuid AS user_id,
            md5('activity')::uuid AS activity_id,
            md5('attempt' || n)::uuid AS attempt_id,
            convert_to('{"attemptId":"' || md5('attempt' || n)::uuid || '","answers":"'
                || (SELECT string_agg(md5(n::text || i), ' ') FROM generate_series(1, 16) AS i) || '"}', 'UTF8') AS payload,
            at
            """
                    .replace("%1$d", Integer.toString(KEYS));

    /// To be delivered in their order.
    void addUndelivered(int count, IntConsumer done) {
        inBatches(
                count,
                done,
                """
                WITH made AS (
                    INSERT INTO event (client_id, position, event_id, bucket, user_id, activity_id, attempt_id, version, type,
                                       attributes, payload, created_at)
                    SELECT :client, nextval('event_position'), event_id, bucket, user_id, activity_id, attempt_id, 1,
                           'attempt.completed', '{"status": "passed"}', payload, at
                    FROM (SELECT %s FROM (SELECT n, now() AS at FROM generate_series(:from, :to) AS n) AS numbered) AS rows
                    RETURNING position, bucket, client_id, event_id, octet_length(payload) AS bytes)
                INSERT INTO undelivered (position, bucket, client_id, event_id, bytes)
                SELECT position, bucket, client_id, event_id, bytes FROM made
                """
                        .formatted(EVENT_COLUMNS));
    }

    /// Each was delivered to the endpoint by one try, on one of the last days.
    void addDelivered(int count, UUID endpoint, IntConsumer done) {
        jdbi.useHandle(
                db ->
                        db.execute(
                                "SELECT create_daily_partitions((now() AT TIME ZONE 'UTC')::date -"
                                        + " ?, (now() AT TIME ZONE 'UTC')::date)",
                                HISTORY_DAYS));
        inBatches(
                count,
                done,
                """
                WITH rows AS (
                    SELECT %s FROM (SELECT n, now() - n %% %d * interval '1 day' AS at
                                    FROM generate_series(:from, :to) AS n) AS numbered),
                made AS (
                    INSERT INTO event (client_id, position, event_id, bucket, user_id, activity_id, attempt_id, version, type,
                                       attributes, payload, created_at)
                    SELECT :client, nextval('event_position'), event_id, bucket, user_id, activity_id, attempt_id, 1,
                           'attempt.completed', '{"status": "passed"}', payload, at FROM rows
                    RETURNING position, event_id, created_at),
                counted AS (
                    INSERT INTO delivery_count (client_id, day, slot, events, accepted, delivered)
                    SELECT :client, (at AT TIME ZONE 'UTC')::date, 99, count(*), count(*), count(*) FROM rows GROUP BY 2
                    ON CONFLICT (client_id, day, slot) DO UPDATE SET events = delivery_count.events + excluded.events,
                        accepted = delivery_count.accepted + excluded.accepted,
                        delivered = delivery_count.delivered + excluded.delivered)
                INSERT INTO delivery (client_id, endpoint_id, event_id, position, state, lanes, tries, settled_at)
                SELECT :client, '%s'::uuid, event_id, position, 'delivered', 1,
                       jsonb_build_array(jsonb_build_object('at', created_at, 'statusCode', 204, 'durationMillis', 12)), created_at
                FROM made
                """
                        .formatted(EVENT_COLUMNS, HISTORY_DAYS, endpoint));
        jdbi.useHandle(db -> db.execute("ANALYZE"));
    }

    private void inBatches(int count, IntConsumer done, String sql) {
        for (int from = 0; from < count; from += ROWS_AT_ONCE) {
            int first = from;
            int last = Math.min(count, from + ROWS_AT_ONCE) - 1;
            jdbi.useTransaction(db -> insert(db, sql, first, last));
            done.accept(last + 1);
        }
    }

    private void insert(Handle db, String sql, int first, int last) {
        db.execute("SET LOCAL statement_timeout = 0");
        int rows =
                db.createUpdate(sql)
                        .bind("client", client)
                        .bind("from", first)
                        .bind("to", last)
                        .execute();
        if (rows != last - first + 1) {
            throw new BenchFailed("wrote " + rows + " of a batch");
        }
    }
}
