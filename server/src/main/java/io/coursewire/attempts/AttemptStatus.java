package io.coursewire.attempts;

import io.coursewire.kernel.ActivityId;
import io.coursewire.kernel.AttemptId;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.ItemId;
import io.coursewire.kernel.UserId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A participant's status for an attempt at a launch-able training item: the object that everyone who
/// needs to know is told. What is not available is empty.
public record AttemptStatus(
        ClientId clientId,
        User user,
        TrainingItem<ActivityId> activity,
        TrainingItem<ItemId> item,
        AttemptId attemptId,
        int attemptNumber,
        Status status,
        Score score,
        Optional<Instant> started,
        Optional<Instant> completed,
        Optional<BigDecimal> durationSeconds,
        DataSource dataSource,
        List<Interaction> interactions) {
    public static final int INTERACTIONS_MAX = 5_000;
    public static final int BYTES_MAX = 4 * 1024 * 1024;

    public record User(UserId id, String username) {}

    /// `title` is in the organization's default language.
    public record TrainingItem<I extends Record>(
            I id, String title, String type, String externalId) {}

    /// The first 5,000 interactions are told; content that made more keeps them in its raw data.
    public AttemptStatus {
        interactions =
                List.copyOf(
                        interactions.subList(0, Math.min(INTERACTIONS_MAX, interactions.size())));
    }

    public AttemptStatus withInteractions(List<Interaction> others) {
        return new AttemptStatus(
                clientId,
                user,
                activity,
                item,
                attemptId,
                attemptNumber,
                status,
                score,
                started,
                completed,
                durationSeconds,
                dataSource,
                others);
    }
}
