package io.coursewire.offline.importing;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.storage.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// A record that comes again with other values changes the attempt that it made, and no other one. Real PostgreSQL.
class ReplacingTest {
    @RegisterExtension static final TestDatabase db = TestDatabase.migrated();

    private static final String HEADER =
            "recordId,username,itemExternalId,status,completedDateTime\n";
    private static final String FIRST = HEADER + "7,ada,sco-0,passed,2026-11-20T10:00:00\n";
    private static final String OF_GRACE = HEADER + "7,grace,sco-0,failed,2026-11-21T10:00:00\n";
    private static final String NEWER = HEADER + "7,ada,sco-0,failed,2026-11-21T10:00:00\n";
    private static final Options KEEPING = with(Policy.KEEP);
    private static final Options REPLACING = with(Policy.REPLACE_IF_NEWER);

    @TempDir Path data;
    private ImportScene scene;

    @BeforeEach
    void aScene() {
        scene = new ImportScene(db.jdbi(), data);
        scene.participant("grace");
    }

    private static Options with(Policy policy) {
        return new Options(false, policy, false, false, false, 0);
    }

    @Test
    void a_record_of_one_person_never_changes_an_attempt_of_another() {
        scene.run(FIRST, KEEPING);
        isRefused(scene.run(OF_GRACE, dry(REPLACING)));
        isRefused(scene.run(OF_GRACE, REPLACING));
        isRefused(scene.run(FIRST.replace("sco-0,passed", "sco-1,failed"), REPLACING));
        assertThat(scene.said()).containsExactly("ada sco-0 passed");
    }

    @Test
    void a_record_whose_attempt_was_moved_changes_it_for_its_new_owner_alone() {
        scene.run(FIRST, KEEPING);
        scene.move("ada", "grace");
        isRefused(scene.run(NEWER, dry(REPLACING)));
        isRefused(scene.run(NEWER, REPLACING));
        assertThat(scene.said()).containsExactly("grace sco-0 passed");
        assertThat(scene.run(OF_GRACE, dry(REPLACING)).counts().updated()).isEqualTo(1);
        assertThat(scene.run(OF_GRACE, REPLACING).counts().updated()).isEqualTo(1);
        assertThat(scene.said()).containsExactly("grace sco-0 failed");
    }

    @Test
    void what_a_moved_attempt_says_stays_when_it_is_newer() {
        scene.run(FIRST, KEEPING);
        scene.move("ada", "grace");
        var older = OF_GRACE.replace("2026-11-21", "2026-11-19");
        assertThat(scene.run(older, dry(REPLACING)).counts().unchanged()).isEqualTo(1);
        assertThat(scene.run(older, REPLACING).counts().unchanged()).isEqualTo(1);
        assertThat(scene.said()).containsExactly("grace sco-0 passed");
    }

    @Test
    void undoing_a_replacing_import_leaves_what_an_earlier_one_took_known() {
        scene.run(FIRST, KEEPING);
        for (var policy : List.of(Policy.REPLACE_IF_NEWER, Policy.NEXT)) {
            var replacing = scene.run(NEWER, with(policy));
            assertThat(scene.said()).contains("ada sco-0 failed");
            scene.undo(replacing);
            assertThat(scene.said()).containsExactly("ada sco-0 passed");
            assertThat(scene.run(FIRST, KEEPING).counts().unchanged()).isEqualTo(1);
            assertThat(scene.run(FIRST, with(Policy.NEXT)).counts().unchanged()).isEqualTo(1);
            assertThat(scene.said()).containsExactly("ada sco-0 passed");
        }
    }

    @Test
    void imports_are_undone_one_after_the_other_until_nothing_is_left() {
        var first = scene.run(FIRST, KEEPING);
        var second = scene.run(NEWER, REPLACING);
        var third =
                scene.run(NEWER.replace("failed,2026-11-21", "completed,2026-11-22"), REPLACING);
        scene.undo(third);
        assertThat(scene.said()).containsExactly("ada sco-0 failed");
        scene.undo(second);
        assertThat(scene.said()).containsExactly("ada sco-0 passed");
        scene.undo(first);
        assertThat(scene.said()).isEmpty();
        assertThat(scene.run(NEWER, KEEPING).counts().created()).isEqualTo(1);
    }

    @Test
    void what_a_later_import_changed_stays_when_an_earlier_one_is_undone() {
        scene.run(FIRST, KEEPING);
        var second = scene.run(NEWER, REPLACING);
        scene.run(NEWER.replace("failed,2026-11-21", "completed,2026-11-22"), REPLACING);
        scene.undo(second);
        assertThat(scene.said()).containsExactly("ada sco-0 completed");
        assertThat(scene.run(NEWER, KEEPING).counts().unchanged()).isEqualTo(1);
    }

    private static Options dry(Options options) {
        return new Options(true, options.policy(), false, false, false, 0);
    }

    private void isRefused(Import done) {
        assertThat(scene.rows(done).getFirst().faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault.message()).contains("another participant"));
    }
}
