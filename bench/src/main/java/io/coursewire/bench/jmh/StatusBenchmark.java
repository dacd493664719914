package io.coursewire.bench.jmh;

import io.coursewire.attempts.AttemptStatus;
import io.coursewire.attempts.AttemptStatus.TrainingItem;
import io.coursewire.attempts.AttemptStatus.User;
import io.coursewire.attempts.AttemptStatusJson;
import io.coursewire.attempts.DataSource;
import io.coursewire.attempts.Progress;
import io.coursewire.attempts.RuntimeReport;
import io.coursewire.attempts.StatusPolicy;
import io.coursewire.attempts.StatusRules;
import io.coursewire.kernel.ActivityId;
import io.coursewire.kernel.AttemptId;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.ItemId;
import io.coursewire.kernel.UserId;
import io.coursewire.kernel.Uuid;
import io.coursewire.packages.Scorm12.LaunchData;
import io.coursewire.runtime.DataModel;
import io.coursewire.runtime.DataModel.Change;
import io.coursewire.runtime.Elements;
import io.coursewire.runtime.End;
import io.coursewire.runtime.Mode;
import io.coursewire.runtime.scorm12.Scorm12Model;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What one commit of a SCORM 1.2 course costs between its JSON and the database: merged, judged, written.
@State(Scope.Benchmark)
@BenchmarkMode(org.openjdk.jmh.annotations.Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class StatusBenchmark {
    private static final Instant NOW = Instant.parse("2026-11-24T05:50:00Z");

    /// How many answers the attempt holds.
    @Param({"5", "50"})
    int interactions;

    private final DataModel model = new Scorm12Model(LaunchData.NONE, Mode.NORMAL);
    private Elements elements;
    private Change change;
    private RuntimeReport report;
    private AttemptStatus status;

    @Setup
    public void play() {
        elements =
                Elements.of(
                        Map.of(
                                "cmi.core.lesson_status", "incomplete",
                                "cmi.core.score.raw", "40",
                                "cmi.core.score.min", "0",
                                "cmi.core.score.max", "100",
                                "cmi.suspend_data", "seen=".repeat(30)));
        for (int number = 0; number < interactions; number++) {
            change = answer(number);
            elements = model.merge(elements, change);
        }
        report = model.report(elements, End.NONE);
        status = status();
    }

    /// The change taken in, with what it means for the outside world.
    @Benchmark
    public RuntimeReport merge() {
        return model.report(model.merge(elements, change), End.NONE);
    }

    @Benchmark
    public Progress rules() {
        return StatusRules.apply(Progress.NONE, report, StatusPolicy.DEFAULT);
    }

    @Benchmark
    public byte[] json() {
        return AttemptStatusJson.write(status);
    }

    private static Change answer(int number) {
        Map<String, String> values = new HashMap<>();
        values.put("cmi.core.lesson_location", "page-" + number);
        values.put("cmi.core.session_time", "0000:05:00.00");
        String answer = "cmi.interactions." + number + ".";
        values.put(answer + "id", "question_" + number);
        values.put(answer + "type", "choice");
        values.put(answer + "time", "05:49:30");
        values.put(answer + "correct_responses.0.pattern", "b");
        values.put(answer + "weighting", "1");
        values.put(answer + "student_response", "a");
        values.put(answer + "result", "wrong");
        values.put(answer + "latency", "0000:00:12.00");
        return new Change(values, NOW, ZoneOffset.UTC);
    }

    private AttemptStatus status() {
        var progress = StatusRules.apply(Progress.NONE, report, StatusPolicy.DEFAULT);
        return new AttemptStatus(
                new ClientId("bench"),
                new User(new UserId(Uuid.next()), "participant"),
                new TrainingItem<>(new ActivityId(Uuid.next()), "A course", "course", "course_org"),
                new TrainingItem<>(new ItemId(Uuid.next()), "A course", "unknown", "course_sco"),
                new AttemptId(Uuid.next()),
                1,
                StatusRules.status(progress),
                progress.score(),
                Optional.of(NOW),
                Optional.empty(),
                Optional.of(new BigDecimal("300.00")),
                DataSource.ONLINE,
                report.interactions());
    }
}
