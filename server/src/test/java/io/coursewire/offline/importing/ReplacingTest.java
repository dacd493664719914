package io.coursewire.offline.importing;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.storage.TestDatabase;
import java.nio.file.Path;
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
        var newer = FIRST.replace("passed,2026-11-20", "failed,2026-11-21");
        isRefused(scene.run(newer, dry(REPLACING)));
        isRefused(scene.run(newer, REPLACING));
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

    private static Options dry(Options options) {
        return new Options(true, options.policy(), false, false, false, 0);
    }

    private void isRefused(Import done) {
        assertThat(scene.rows(done).getFirst().faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault.message()).contains("another participant"));
    }
}
