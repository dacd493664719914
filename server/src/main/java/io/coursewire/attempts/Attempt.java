package io.coursewire.attempts;

import io.coursewire.attempts.AttemptStatus.TrainingItem;
import io.coursewire.attempts.AttemptStatus.User;
import io.coursewire.kernel.ActivityId;
import io.coursewire.kernel.ItemId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// An attempt as it is stored: who, at what, which, how far, and the AttemptStatus last told.
///
/// `firstFinal` outlives a change back to not final, so that completedDateTime stays the first instant.
/// `policy` is the client's, as it is now. `announced` is the digest of the payload of the last attempt.completed.
public record Attempt(
        AttemptKey key,
        User user,
        TrainingItem<ActivityId> activity,
        TrainingItem<ItemId> item,
        int number,
        DataSource dataSource,
        long version,
        Progress progress,
        Optional<Instant> started,
        Optional<Instant> firstFinal,
        Optional<BigDecimal> durationSeconds,
        Optional<Digest> announced,
        Payload payload,
        StatusPolicy policy) {

    /// The roll-up that it belongs to.
    ActivityKey activityKey() {
        return new ActivityKey(key.client(), user.id(), activity.id());
    }

    /// What the outside world sees of it.
    AttemptStatus status(List<Interaction> interactions) {
        return new AttemptStatus(
                key.client(),
                user,
                activity,
                item,
                key.id(),
                number,
                StatusRules.status(progress),
                progress.score(),
                started,
                progress.isFinal() ? firstFinal : Optional.empty(),
                durationSeconds,
                dataSource,
                interactions);
    }

    Attempt after(
            Progress progress,
            Optional<Instant> started,
            Optional<Instant> firstFinal,
            Optional<BigDecimal> durationSeconds) {
        return new Attempt(
                key,
                user,
                activity,
                item,
                number,
                dataSource,
                version,
                progress,
                started,
                firstFinal,
                durationSeconds,
                announced,
                payload,
                policy);
    }

    Attempt told(long version, Payload payload) {
        return new Attempt(
                key,
                user,
                activity,
                item,
                number,
                dataSource,
                version,
                progress,
                started,
                firstFinal,
                durationSeconds,
                announced,
                payload,
                policy);
    }

    Attempt completedTold(long version, Digest announced) {
        return new Attempt(
                key,
                user,
                activity,
                item,
                number,
                dataSource,
                version,
                progress,
                started,
                firstFinal,
                durationSeconds,
                Optional.of(announced),
                payload,
                policy);
    }

    /// As if subscribers had heard of it: only a later change will be told.
    Attempt silenced() {
        return progress.isFinal() ? completedTold(version, Digest.of(payload.bytes())) : this;
    }

    /// The same attempt, of somebody else or at something else.
    Attempt of(
            User user, TrainingItem<ActivityId> activity, TrainingItem<ItemId> item, int number) {
        return new Attempt(
                key,
                user,
                activity,
                item,
                number,
                dataSource,
                version,
                progress,
                started,
                firstFinal,
                durationSeconds,
                announced,
                payload,
                policy);
    }
}
