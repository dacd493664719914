package io.coursewire.offline.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.coursewire.catalog.Activity;
import io.coursewire.catalog.Label;
import io.coursewire.catalog.Titles;
import io.coursewire.catalog.Training;
import io.coursewire.catalog.TrainingType;
import io.coursewire.offline.reading.FileForm;
import io.coursewire.storage.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Items and activities come in with an import only when it says so. Real PostgreSQL.
class BringItemsTest {
    @RegisterExtension static final TestDatabase db = TestDatabase.migrated();

    private static final String HEADER =
            "username,itemExternalId,itemTitle,itemType,activityExternalId,activityTitle,status\n";
    private static final String FIRST_AID =
            "ada,morning,Bandages,event,first_aid,First aid,passed\n"
                    + "ada,afternoon,,,first_aid,,failed\n";
    private static final Options ASKED = asked(false);

    private final Training training = new Training(db.jdbi(), Clock.systemUTC());
    @TempDir Path data;
    private ImportScene scene;

    @BeforeEach
    void aScene() {
        scene = new ImportScene(db.jdbi(), data);
    }

    private static Options asked(boolean dryRun) {
        return new Options(dryRun, Policy.KEEP, false, false, true, 0);
    }

    private List<Activity> without(String externalId) {
        return training.list(scene.client, 100, Optional.empty()).items().stream()
                .filter(activity -> !activity.label().externalId().equals(externalId))
                .toList();
    }

    private List<Activity> brought() {
        var course = training.find(scene.client, scene.course.activity()).orElseThrow();
        return without(course.label().externalId());
    }

    private static List<String> items(Activity activity) {
        return activity.items().stream().map(item -> item.label().externalId()).toList();
    }

    private String refusal(String row) {
        var done = scene.run(HEADER + row, ASKED);
        assertThat(done.counts().refused()).as(scene.rows(done).toString()).isEqualTo(1);
        var fault = scene.rows(done).getFirst().faults().getFirst();
        return fault.column() + " " + fault.message();
    }

    @Test
    void an_item_that_is_not_there_is_refused_unless_it_is_asked_for() {
        var done =
                scene.run(
                        HEADER + FIRST_AID, new Options(false, Policy.KEEP, false, true, false, 0));
        assertThat(done.counts().refused()).isEqualTo(2);
        assertThat(scene.rows(done).getFirst().faults().getFirst().message())
                .contains("import with createItems");
        assertThat(brought()).isEmpty();
    }

    @Test
    void items_come_with_their_activity_once_however_many_rows_name_them() {
        var done = scene.run(HEADER + FIRST_AID + FIRST_AID.replace("failed", "passed"), ASKED);
        assertThat(done.counts().created()).isEqualTo(2);
        assertThat(scene.rows(done).getFirst().why())
                .contains("Brings in the item morning of the activity first_aid.");
        var activity = brought().getFirst();
        assertThat(brought()).hasSize(1);
        assertThat(items(activity)).containsExactly("morning", "afternoon");
        assertThat(activity.label().titles()).isEqualTo(Titles.of("First aid"));
        assertThat(activity.items().getFirst().label())
                .isEqualTo(new Label(Titles.of("Bandages"), TrainingType.EVENT, "morning"));
        assertThat(activity.items().getLast().label().type()).isEqualTo(TrainingType.UNKNOWN);
        assertThat(scene.attempts())
                .extracting(
                        attempt -> attempt.at("/item/title").asString(),
                        attempt -> attempt.at("/activity/title").asString())
                .containsExactlyInAnyOrder(
                        tuple("Bandages", "First aid"), tuple("afternoon", "First aid"));
        var again = scene.run(HEADER + "ada,evening,,,first_aid,,passed\n" + FIRST_AID, ASKED);
        assertThat(again.counts().created()).isEqualTo(1);
        assertThat(brought()).hasSize(1);
        assertThat(items(brought().getFirst())).containsExactly("morning", "afternoon", "evening");
    }

    @Test
    void an_item_without_a_named_activity_is_one_of_its_own() {
        var csv = "username,itemExternalId,itemTitle,status\nada,paper_test,Paper test,passed\n";
        assertThat(scene.run(csv, ASKED).counts().created()).isEqualTo(1);
        var activity = brought().getFirst();
        assertThat(activity.label().externalId()).isEqualTo("paper_test");
        assertThat(activity.label().titles()).isEqualTo(Titles.of("Paper test"));
        assertThat(items(activity)).containsExactly("paper_test");
    }

    @Test
    void a_dry_run_shows_what_would_come_and_brings_nothing_in() {
        var shown = scene.run(HEADER + FIRST_AID, asked(true));
        assertThat(shown.counts().created()).isEqualTo(2);
        assertThat(scene.rows(shown))
                .allSatisfy(row -> assertThat(row.why().orElseThrow()).startsWith("Brings in"));
        assertThat(brought()).isEmpty();
        var done = scene.finish(scene.imports.apply(shown, "tester").orElseThrow());
        assertThat(done.counts().differences()).isZero();
        assertThat(done.counts().created()).isEqualTo(2);
    }

    @Test
    void what_cannot_be_brought_in_is_refused_with_the_remedy() {
        var course = training.find(scene.client, scene.course.activity()).orElseThrow();
        var name = course.label().externalId();
        assertThat(refusal("ada,new,,,%s,,passed\n".formatted(name)))
                .startsWith("itemExternalId is not there, and")
                .contains("package");
        assertThat(refusal("ada,new,,lessson,a,,passed\n"))
                .startsWith("itemType must be one of")
                .contains("Did you mean \"lesson\"?");
        assertThat(refusal("ada,%s,,,,,passed\n".formatted(name)))
                .startsWith("itemExternalId is an activity.");
        var label = new Label(Titles.of("Twice"), TrainingType.EVENT, "twice");
        training.create(scene.client, label, List.of(label));
        training.create(scene.client, label, List.of(label));
        assertThat(refusal("ada,new,,,twice,,passed\n")).contains("several activities");
        assertThat(refusal("ada,twice,,,,,passed\n")).contains("several items");
        assertThat(without(name)).hasSize(2);
    }

    @Test
    void a_row_that_is_refused_brings_nothing_in() {
        var done = scene.run(HEADER + FIRST_AID.replace("ada", "nobody"), ASKED);
        assertThat(done.counts().refused()).isEqualTo(2);
        assertThat(brought()).isEmpty();
    }

    @Test
    void undoing_takes_the_attempts_and_leaves_what_they_were_of() {
        var done = scene.run(HEADER + FIRST_AID, ASKED);
        scene.imports.undo(done, "tester");
        while (scene.runImports.runOne()) {}
        assertThat(scene.attempts()).isEmpty();
        assertThat(brought()).hasSize(1);
    }

    @Test
    void the_export_of_one_system_brings_its_training_into_another() {
        scene.run(HEADER + FIRST_AID, ASKED);
        var lines = new StringBuilder();
        scene.attempts().forEach(attempt -> lines.append(attempt).append('\n'));
        var other = new ImportScene(db.jdbi(), data);
        var done =
                other.finish(
                        other.submit(
                                lines.toString().getBytes(StandardCharsets.UTF_8),
                                FileForm.NDJSON,
                                ASKED,
                                "{}"));
        assertThat(done.counts().created()).as(other.rows(done).toString()).isEqualTo(2);
        assertThat(other.attempts())
                .extracting(attempt -> attempt.at("/item/type").asString())
                .containsExactlyInAnyOrder("event", "unknown");
    }
}
