package io.coursewire.attempts;

import io.coursewire.attempts.AttemptStatus.TrainingItem;
import io.coursewire.attempts.AttemptStatus.User;
import io.coursewire.kernel.ActivityId;
import io.coursewire.kernel.ClientId;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// How a participant did at an activity, rolled up from its items: failed if any failed, else passed if
/// any passed, else completed; the scaled score is the mean of those present. A course that rolls its
/// items up itself is taken at its word.
record ActivityStatus(
        Whole whole,
        Status status,
        Optional<BigDecimal> scoreScaled,
        Optional<Instant> started,
        Optional<Instant> completed,
        Optional<BigDecimal> durationSeconds) {

    /// Whose it is, what was told of it last, and what the course says of itself.
    record Whole(
            ClientId client,
            User user,
            TrainingItem<ActivityId> activity,
            Optional<Digest> announced,
            Optional<CourseResult> course) {
        ActivityKey key() {
            return new ActivityKey(client, user.id(), activity.id());
        }

        boolean isInside() {
            return course.filter(CourseResult::inside).isPresent();
        }
    }

    /// One item that counts, with the participant's newest attempt at it, if any.
    record ItemOutcome(
            Whole whole,
            boolean settled,
            Optional<Status> status,
            Score score,
            Optional<Instant> started,
            Optional<Instant> firstFinal,
            Optional<BigDecimal> durationSeconds) {}

    private record Verdict(Status status, Optional<BigDecimal> scoreScaled) {}

    /// Empty while neither the course nor its items have decided: an item has when it is settled, final
    /// and nobody inside.
    static Optional<ActivityStatus> of(List<ItemOutcome> items) {
        if (items.isEmpty() || items.getFirst().whole().isInside()) {
            return Optional.empty();
        }
        return verdict(items.getFirst().whole().course(), items)
                .map(
                        verdict ->
                                new ActivityStatus(
                                        items.getFirst().whole(),
                                        verdict.status(),
                                        verdict.scoreScaled(),
                                        items.stream()
                                                .flatMap(i -> i.started().stream())
                                                .min(Instant::compareTo),
                                        items.stream()
                                                .flatMap(i -> i.firstFinal().stream())
                                                .max(Instant::compareTo),
                                        items.stream()
                                                .flatMap(i -> i.durationSeconds().stream())
                                                .reduce(BigDecimal::add)));
    }

    private static Optional<Verdict> verdict(
            Optional<CourseResult> course, List<ItemOutcome> items) {
        var own =
                course.flatMap(c -> c.status().map(status -> new Verdict(status, c.scoreScaled())));
        if (own.isPresent() || !items.stream().allMatch(ItemOutcome::settled)) {
            return own;
        }
        var score = course.map(CourseResult::scoreScaled).orElseGet(() -> meanScore(items));
        return Optional.of(new Verdict(status(items), score));
    }

    private static Status status(List<ItemOutcome> items) {
        return Stream.of(Status.FAILED, Status.PASSED)
                .filter(word -> items.stream().anyMatch(i -> i.status().equals(Optional.of(word))))
                .findFirst()
                .orElse(Status.COMPLETED);
    }

    private static Optional<BigDecimal> meanScore(List<ItemOutcome> items) {
        var scores = items.stream().flatMap(i -> i.score().scaledOrDerived().stream()).toList();
        return scores.stream()
                .reduce(BigDecimal::add)
                .map(sum -> sum.divide(BigDecimal.valueOf(scores.size()), 4, RoundingMode.HALF_UP));
    }

    /// Of what it says, whatever the name: that of one who was forgotten is no news.
    Digest digest() {
        return Digest.of(payload(new User(whole.user().id(), "")).bytes());
    }

    Payload payload() {
        return payload(whole.user());
    }

    private Payload payload(User user) {
        var out = new ByteArrayOutputStream(512);
        try (var json = AttemptStatusJson.generator(out)) {
            json.writeStartObject();
            json.writeStringProperty("clientId", whole.client().value());
            AttemptStatusJson.writeUser(json, user);
            AttemptStatusJson.writeTrainingItem(json, "activity", whole.activity());
            json.writeStringProperty("status", status.word());
            AttemptStatusJson.writeDecimal(json, "scoreScaled", scoreScaled, 4);
            AttemptStatusJson.writeTime(json, "startedDateTime", started);
            AttemptStatusJson.writeTime(json, "completedDateTime", completed);
            AttemptStatusJson.writeDecimal(json, "durationSeconds", durationSeconds, 2);
            json.writeEndObject();
        }
        return new Payload(out.toByteArray());
    }
}
