package io.coursewire.api;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import io.coursewire.attempts.GivenResult;
import io.coursewire.attempts.Score;
import io.coursewire.attempts.Status;
import io.coursewire.kernel.InvalidInput;
import io.coursewire.kernel.JsonFields;
import io.coursewire.offline.DateTimes;
import io.coursewire.offline.Fault;
import io.coursewire.offline.InteractionFields;
import io.coursewire.offline.ResultRules;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// A result in a body, whole or as a correction of one.
final class ResultBody {
    static final int BYTES_MAX = 8 * 1024 * 1024;

    /// A status that is given, never active: that is seen.
    static final Map<String, Status> STATUSES =
            Arrays.stream(Status.values())
                    .filter(status -> status != Status.ACTIVE)
                    .collect(toMap(Status::word, identity()));

    private ResultBody() {}

    static GivenResult whole(JsonFields body) {
        return whole(body, body.required("status", body.optionalWord("status", STATUSES)));
    }

    /// What is named is changed, null takes a value away. Points without a scaled score make the scaled score
    /// follow from them.
    static UnaryOperator<GivenResult> correction(JsonFields body) {
        var status = body.optionalWord("status", STATUSES);
        var named = whole(body, status);
        boolean points =
                body.has("scoreRaw") || body.has("scoreMinimum") || body.has("scoreMaximum");
        boolean scaled = body.has("scoreScaled") || points;
        return before ->
                new GivenResult(
                        status.orElse(before.status()),
                        new Score(
                                scaled ? named.score().scaled() : before.score().scaled(),
                                or(body, "scoreRaw", named.score().raw(), before.score()::raw),
                                or(
                                        body,
                                        "scoreMinimum",
                                        named.score().minimum(),
                                        before.score()::minimum),
                                or(
                                        body,
                                        "scoreMaximum",
                                        named.score().maximum(),
                                        before.score()::maximum)),
                        or(body, "startedDateTime", named.started(), before::started),
                        or(body, "completedDateTime", named.completed(), before::completed),
                        or(
                                body,
                                "durationSeconds",
                                named.durationSeconds(),
                                before::durationSeconds),
                        body.has("interactions") ? named.interactions() : before.interactions());
    }

    /// Tells what is wrong with a result, field by field.
    static void check(List<Fault> faults) {
        if (!faults.isEmpty()) {
            throw new InvalidInput(
                    faults.stream()
                            .map(
                                    fault ->
                                            new InvalidInput.Field(
                                                    "/" + fault.field(), fault.message()))
                            .toList());
        }
    }

    private static GivenResult whole(JsonFields body, Optional<Status> status) {
        return new GivenResult(
                status.orElse(Status.NOT_STARTED),
                new Score(
                        scaled(body),
                        points(body, "scoreRaw"),
                        points(body, "scoreMinimum"),
                        points(body, "scoreMaximum")),
                time(body, "startedDateTime"),
                time(body, "completedDateTime"),
                seconds(body),
                InteractionFields.read(body));
    }

    private static <T> Optional<T> or(
            JsonFields body, String name, Optional<T> named, Supplier<Optional<T>> before) {
        return body.has(name) ? named : before.get();
    }

    private static Optional<BigDecimal> scaled(JsonFields body) {
        return body.optionalDecimal("scoreScaled", BigDecimal.ZERO, BigDecimal.ONE);
    }

    private static Optional<BigDecimal> points(JsonFields body, String name) {
        return body.optionalDecimal(name, ResultRules.POINTS_MAX.negate(), ResultRules.POINTS_MAX);
    }

    private static Optional<Instant> time(JsonFields body, String name) {
        return body.optionalParsed(name, DateTimes::read, DateTimes.FORM);
    }

    private static Optional<BigDecimal> seconds(JsonFields body) {
        return body.optionalDecimal("durationSeconds", BigDecimal.ZERO, ResultRules.SECONDS_MAX);
    }
}
