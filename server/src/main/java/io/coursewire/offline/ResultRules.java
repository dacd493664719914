package io.coursewire.offline;

import io.coursewire.attempts.GivenResult;
import io.coursewire.attempts.GivenRules;
import io.coursewire.attempts.Score;
import io.coursewire.attempts.Status;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What a result must be to be believed. Pure.
public final class ResultRules {
    public static final BigDecimal POINTS_MAX = new BigDecimal(1_000_000_000);
    public static final BigDecimal SECONDS_MAX =
            BigDecimal.valueOf(Duration.ofDays(3_650).toSeconds());

    /// More attempts than anybody makes; numbers beyond it are a mistake.
    public static final int NUMBER_MAX = 100_000;

    public static final Instant EARLIEST = Instant.parse("1900-01-01T00:00:00Z");

    /// Clocks differ, and a day that has begun further east is given as a date.
    public static final Duration AHEAD_MAX = Duration.ofDays(1);

    private ResultRules() {}

    /// Empty when nothing is wrong.
    public static List<Fault> faults(GivenResult result, Instant now) {
        var faults = new ArrayList<Fault>();
        if (result.status() == Status.ACTIVE) {
            faults.add(new Fault("status", "cannot be active: that is seen, never given."));
        }
        checkScore(result, faults);
        checkTimes(result, now, faults);
        result.durationSeconds()
                .filter(seconds -> isOutside(seconds, BigDecimal.ZERO, SECONDS_MAX))
                .ifPresent(
                        _ ->
                                faults.add(
                                        new Fault(
                                                "durationSeconds",
                                                "must be between 0 and " + SECONDS_MAX + ".")));
        return List.copyOf(faults);
    }

    /// What a correction changes, with what that has to agree with: content may have said what nobody could give, and
    /// who corrects something else is not to answer for it.
    static GivenResult changed(GivenResult before, GivenResult after) {
        var was = before.score();
        var is = after.score();
        boolean points =
                !is.raw().equals(was.raw())
                        || !is.minimum().equals(was.minimum())
                        || !is.maximum().equals(was.maximum());
        boolean times =
                after.status() != before.status()
                        || !after.started().equals(before.started())
                        || !after.completed().equals(before.completed());
        return new GivenResult(
                after.status(),
                new Score(
                        is.scaled().filter(_ -> !is.scaled().equals(was.scaled())),
                        is.raw().filter(_ -> points),
                        is.minimum().filter(_ -> points),
                        is.maximum().filter(_ -> points)),
                after.started().filter(_ -> times),
                after.completed().filter(_ -> times),
                after.durationSeconds()
                        .filter(_ -> !after.durationSeconds().equals(before.durationSeconds())),
                after.interactions());
    }

    /// What the AttemptStatus will show although it was not given.
    public static List<String> derived(GivenResult result) {
        var score = result.score();
        return score.scaled().isEmpty() && score.raw().isPresent()
                ? List.of("scoreScaled")
                : List.of();
    }

    private static void checkScore(GivenResult result, List<Fault> faults) {
        var score = result.score();
        score.scaled()
                .filter(scaled -> isOutside(scaled, BigDecimal.ZERO, BigDecimal.ONE))
                .ifPresent(_ -> faults.add(new Fault("scoreScaled", "must be between 0 and 1.")));
        checkPoints("scoreRaw", score.raw(), faults);
        checkPoints("scoreMinimum", score.minimum(), faults);
        checkPoints("scoreMaximum", score.maximum(), faults);
        checkOrder("scoreMinimum", score.minimum(), "scoreMaximum", score.maximum(), faults);
        checkOrder("scoreMinimum", score.minimum(), "scoreRaw", score.raw(), faults);
        checkOrder("scoreRaw", score.raw(), "scoreMaximum", score.maximum(), faults);
    }

    private static void checkPoints(String field, Optional<BigDecimal> points, List<Fault> faults) {
        points.filter(value -> isOutside(value, POINTS_MAX.negate(), POINTS_MAX))
                .ifPresent(
                        _ ->
                                faults.add(
                                        new Fault(
                                                field,
                                                "must be between -"
                                                        + POINTS_MAX
                                                        + " and "
                                                        + POINTS_MAX
                                                        + ".")));
    }

    private static void checkOrder(
            String lower,
            Optional<BigDecimal> low,
            String upper,
            Optional<BigDecimal> high,
            List<Fault> faults) {
        if (low.isPresent() && high.isPresent() && low.get().compareTo(high.get()) > 0) {
            faults.add(
                    new Fault(
                            upper,
                            "is %s, less than %s, which is %s."
                                    .formatted(plain(high.get()), lower, plain(low.get()))));
        }
    }

    private static void checkTimes(GivenResult result, Instant now, List<Fault> faults) {
        checkTime("startedDateTime", result.started(), now, faults);
        checkTime("completedDateTime", result.completed(), now, faults);
        if (result.completed().isPresent() && !GivenRules.isFinal(result.status())) {
            faults.add(
                    new Fault(
                            "completedDateTime",
                            "goes with the statuses completed, failed and passed only."));
        }
        var times = Stream.of(result.started(), result.completed()).flatMap(Optional::stream);
        var inOrder = times.toList();
        if (inOrder.size() == 2 && inOrder.getLast().isBefore(inOrder.getFirst())) {
            faults.add(new Fault("completedDateTime", "is before startedDateTime."));
        }
    }

    private static void checkTime(
            String field, Optional<Instant> time, Instant now, List<Fault> faults) {
        time.filter(at -> at.isBefore(EARLIEST) || at.isAfter(now.plus(AHEAD_MAX)))
                .ifPresent(
                        at ->
                                faults.add(
                                        new Fault(
                                                field,
                                                at.isBefore(EARLIEST)
                                                        ? "is before the year 1900."
                                                        : "is in the future.")));
    }

    private static boolean isOutside(BigDecimal value, BigDecimal lowest, BigDecimal highest) {
        return value.compareTo(lowest) < 0 || value.compareTo(highest) > 0;
    }

    private static String plain(BigDecimal value) {
        return value.stripTrailingZeros().toPlainString();
    }
}
