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
/// `policy` is the client's, as it is now. `announced` is the digest of the payload of the last attempt.completed.
public record Attempt(
        AttemptKey key,
        About about,
        long version,
        Progress progress,
        Times times,
        Optional<Digest> announced,
        Payload payload,
        StatusPolicy policy) {

    /// Whose attempt at what, which one, and where its results come from.
    public record About(
            User user,
            TrainingItem<ActivityId> activity,
            TrainingItem<ItemId> item,
            int number,
            DataSource dataSource) {}

    /// `firstFinal` outlives a change back to not final, so that completedDateTime stays the first instant.
    public record Times(
            Optional<Instant> started,
            Optional<Instant> firstFinal,
            Optional<BigDecimal> durationSeconds) {}

    public User user() {
        return about.user();
    }

    public TrainingItem<ActivityId> activity() {
        return about.activity();
    }

    public TrainingItem<ItemId> item() {
        return about.item();
    }

    public int number() {
        return about.number();
    }

    public DataSource dataSource() {
        return about.dataSource();
    }

    public Optional<Instant> started() {
        return times.started();
    }

    public Optional<Instant> firstFinal() {
        return times.firstFinal();
    }

    public Optional<BigDecimal> durationSeconds() {
        return times.durationSeconds();
    }

    /// The roll-up that it belongs to.
    ActivityKey activityKey() {
        return new ActivityKey(key.client(), user().id(), activity().id());
    }

    /// What the outside world sees of it.
    AttemptStatus status(List<Interaction> interactions) {
        return new AttemptStatus(
                key.client(),
                user(),
                activity(),
                item(),
                key.id(),
                number(),
                StatusRules.status(progress),
                progress.score(),
                started(),
                progress.isFinal() ? firstFinal() : Optional.empty(),
                durationSeconds(),
                dataSource(),
                interactions);
    }

    Attempt after(Progress progress, Times times) {
        return new Attempt(key, about, version, progress, times, announced, payload, policy);
    }

    Attempt told(long version, Payload payload) {
        return new Attempt(key, about, version, progress, times, announced, payload, policy);
    }

    Attempt completedTold(long version, Digest digest) {
        var announced = Optional.of(digest);
        return new Attempt(key, about, version, progress, times, announced, payload, policy);
    }

    /// As if subscribers had heard of it: only a later change will be told.
    Attempt silenced() {
        return progress.isFinal() ? completedTold(version, Digest.of(payload.bytes())) : this;
    }

    /// The same attempt, of somebody else or at something else.
    Attempt moved(About about) {
        return new Attempt(key, about, version, progress, times, announced, payload, policy);
    }
}
