package io.coursewire.offline.importing;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.attempts.AttemptFilter;
import io.coursewire.attempts.AttemptKey;
import io.coursewire.attempts.AttemptStatus.TrainingItem;
import io.coursewire.attempts.AttemptStatus.User;
import io.coursewire.attempts.GiveResults;
import io.coursewire.attempts.GiveResults.NewAttempt;
import io.coursewire.attempts.GiveResults.Telling;
import io.coursewire.attempts.GivenResult;
import io.coursewire.attempts.GivenRules;
import io.coursewire.attempts.Interaction;
import io.coursewire.attempts.InteractionResult;
import io.coursewire.attempts.QuestionType;
import io.coursewire.attempts.ReadAttempts;
import io.coursewire.attempts.RecordReport;
import io.coursewire.attempts.Score;
import io.coursewire.attempts.Status;
import io.coursewire.kernel.AttemptId;
import io.coursewire.offline.exporting.ExportAttempts;
import io.coursewire.offline.reading.FileForm;
import io.coursewire.storage.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What one system exports another imports: equal AttemptStatus objects, but for ids and data source.
class RoundTripTest {
    @RegisterExtension static final TestDatabase db = TestDatabase.migrated();

    private static final int ATTEMPTS = 1_200;
    private static final String[] TEXTS = {
        "=1+1", "+49 30", "-5", "@home", "'=x", "''=", "a\nb", "\"q\"", "ü,;\t|", " || ", "{}",
        "\uFEFFx", ""
    };

    @TempDir Path data;
    private final Random random = new Random(20261124);

    @ParameterizedTest
    @EnumSource(FileForm.class)
    void an_export_is_an_import(FileForm form) throws IOException {
        var from = new ImportScene(db.jdbi(), data);
        var to = new ImportScene(db.jdbi(), data);
        given(from);
        var file = new ByteArrayOutputStream();
        new ExportAttempts(new ReadAttempts(db.jdbi()))
                .write(from.client, AttemptFilter.ALL, form, file);
        var silent = new Options(false, Policy.KEEP, false, true, false, 0);
        var done = to.finish(to.submit(file.toByteArray(), form, silent, "{}"));
        assertThat(done.counts().created()).as(to.rows(done).toString()).isEqualTo(ATTEMPTS);
        assertThat(anonymous(to)).containsExactlyInAnyOrderElementsOf(anonymous(from));
        var again = to.finish(to.submit(file.toByteArray(), form, silent, "{}"));
        assertThat(again.counts().unchanged()).isEqualTo(ATTEMPTS);
    }

    private static List<JsonNode> anonymous(ImportScene scene) {
        return scene.attempts().stream()
                .peek(
                        attempt -> {
                            var object = (ObjectNode) attempt;
                            object.remove(List.of("clientId", "attemptId", "dataSource"));
                            for (var part : List.of("user", "activity", "item")) {
                                ((ObjectNode) object.get(part)).remove("id");
                            }
                        })
                .toList();
    }

    private void given(ImportScene scene) {
        var clock = Clock.systemUTC();
        var recordReport = new RecordReport(db.jdbi(), null, clock);
        var user = new User(scene.course.user(), "ada");
        var attempts = new ArrayList<NewAttempt>();
        for (int i = 0; i < ATTEMPTS; i++) {
            attempts.add(
                    new NewAttempt(
                            new AttemptKey(scene.client, AttemptId.next()),
                            user,
                            new TrainingItem<>(
                                    scene.course.activity(), "A course", "course", "org"),
                            new TrainingItem<>(
                                    scene.course.items().get(i % 2),
                                    "Part " + i % 2,
                                    "unknown",
                                    "sco-" + i % 2),
                            1 + i / 2,
                            result()));
        }
        db.jdbi()
                .useTransaction(
                        handle ->
                                new GiveResults(recordReport, clock)
                                        .create(handle, attempts, "test", Telling.NEVER));
    }

    private GivenResult result() {
        var status = any(Status.values());
        status = status == Status.ACTIVE ? Status.PASSED : status;
        var started = maybe(this::time);
        var interactions = new ArrayList<Interaction>();
        for (int n = random.nextInt(4); n > 0; n--) {
            interactions.add(interaction(interactions.size()));
        }
        return new GivenResult(
                status,
                score(),
                started,
                GivenRules.isFinal(status)
                        ? maybe(() -> started.orElse(time()).plusSeconds(random.nextInt(9_999)))
                        : Optional.empty(),
                maybe(() -> decimal(100_000, 2)),
                interactions);
    }

    private Score score() {
        var minimum = maybe(() -> decimal(10, 4).negate());
        var raw = maybe(() -> decimal(50, 4));
        return new Score(
                maybe(() -> decimal(1, 4)),
                raw,
                minimum,
                maybe(() -> decimal(10, 4).add(BigDecimal.valueOf(50))));
    }

    private Interaction interaction(int number) {
        return new Interaction(
                number,
                any(TEXTS),
                maybe(() -> any(QuestionType.values())),
                maybe(() -> any(TEXTS)),
                maybe(() -> any(TEXTS)),
                maybe(() -> any(TEXTS)),
                maybe(() -> any(InteractionResult.values())),
                maybe(() -> decimal(5, 3)),
                maybe(() -> decimal(100, 2)),
                maybe(this::time));
    }

    private Instant time() {
        return Instant.parse("2020-01-01T00:00:00Z").plusSeconds(random.nextInt(200_000_000));
    }

    private BigDecimal decimal(int below, int scale) {
        return BigDecimal.valueOf(random.nextLong(below * (long) Math.pow(10, scale)), scale);
    }

    private <T> Optional<T> maybe(Supplier<T> value) {
        return random.nextInt(4) > 0 ? Optional.of(value.get()) : Optional.empty();
    }

    @SafeVarargs
    private <T> T any(T... values) {
        return values[random.nextInt(values.length)];
    }
}
