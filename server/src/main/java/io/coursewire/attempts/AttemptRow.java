package io.coursewire.attempts;

import io.coursewire.attempts.AttemptStatus.TrainingItem;
import io.coursewire.attempts.AttemptStatus.User;
import io.coursewire.kernel.ActivityId;
import io.coursewire.kernel.AttemptId;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.ItemId;
import io.coursewire.kernel.UserId;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;

/// Reads an attempt, joined with who and what it is about.
final class AttemptRow {
    private AttemptRow() {}

    static Attempt read(ResultSet row) throws SQLException {
        return new Attempt(
                new AttemptKey(
                        new ClientId(row.getString("client_id")),
                        new AttemptId(uuid(row, "attempt_id"))),
                about(row),
                row.getLong("version"),
                progress(row),
                new Attempt.Times(
                        instant(row, "started_at"),
                        instant(row, "first_final_at"),
                        decimal(row, "duration_seconds")),
                Optional.ofNullable(row.getBytes("announced")).map(Digest::stored),
                new Payload(row.getBytes("payload")),
                policy(row));
    }

    private static Attempt.About about(ResultSet row) throws SQLException {
        return new Attempt.About(
                new User(new UserId(uuid(row, "user_id")), row.getString("username")),
                new TrainingItem<>(
                        new ActivityId(uuid(row, "activity_id")),
                        row.getString("activity_title"),
                        row.getString("activity_type"),
                        row.getString("activity_external_id")),
                new TrainingItem<>(
                        new ItemId(uuid(row, "item_id")),
                        row.getString("item_title"),
                        row.getString("item_type"),
                        row.getString("item_external_id")),
                row.getInt("attempt_number"),
                DataSource.of(row.getString("data_source")).orElseThrow());
    }

    private static Progress progress(ResultSet row) throws SQLException {
        return new Progress(
                Completion.of(row.getString("completion")).orElseThrow(),
                Success.of(row.getString("success")).orElseThrow(),
                score(row),
                Presence.of(row.getString("presence")).orElseThrow(),
                row.getBoolean("final"),
                row.getString("rule"));
    }

    private static StatusPolicy policy(ResultSet row) throws SQLException {
        return new StatusPolicy(
                !"incomplete".equals(row.getString("untouched_status")),
                !"false".equals(row.getString("failed_is_complete")),
                !"incomplete".equals(row.getString("untouched_status_2004")));
    }

    static Score score(ResultSet row) throws SQLException {
        return new Score(
                decimal(row, "score_scaled"),
                decimal(row, "score_raw"),
                decimal(row, "score_minimum"),
                decimal(row, "score_maximum"));
    }

    private static UUID uuid(ResultSet row, String column) throws SQLException {
        return row.getObject(column, UUID.class);
    }

    static Optional<BigDecimal> decimal(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getBigDecimal(column));
    }

    static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
                .map(OffsetDateTime::toInstant);
    }
}
