package io.coursewire.offline.importing;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.attempts.AnonymiseAttempts;
import io.coursewire.catalog.AnonymiseParticipant;
import io.coursewire.offline.AnonymiseChanges;
import io.coursewire.offline.reading.FileForm;
import io.coursewire.storage.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Of a person who came in with an import and is forgotten no name stays, wherever it was written. Real PostgreSQL.
class ForgottenImportsTest {
    @RegisterExtension static final TestDatabase db = TestDatabase.migrated();

    private static final String NAME = "jane.doe";
    private static final String HEADER = "username,itemExternalId,status,completedDateTime\n";
    private static final Options REPLACING =
            new Options(false, Policy.REPLACE_IF_NEWER, false, true, false, 0);
    private static final String STATEMENT =
            """
            {"id":"1","actor":{"account":{"homePage":"https://lms.example","name":"jane.doe"}},\
            "verb":{"id":"http://adlnet.gov/expapi/verbs/passed"},"timestamp":"2026-11-20T16:00:00Z",\
            "object":{"id":"sco-1"},"context":{"registration":"f47ac10b-58cc-4372-a567-0e02b2c3d479"}}
            """;

    @TempDir Path data;

    @Test
    void nothing_that_was_taken_in_says_the_name() {
        var scene = new ImportScene(db.jdbi(), data);
        var created = scene.run(HEADER + "jane.doe,sco-0,failed,2026-11-20\n", REPLACING);
        assertThat(scene.rows(created).getFirst().why()).contains("Brings in its participant.");
        scene.run(HEADER + "jane.doe,sco-0,passed,2026-11-20\n", REPLACING);
        var statements =
                scene.submit(
                        STATEMENT.getBytes(StandardCharsets.UTF_8),
                        FileForm.NDJSON,
                        REPLACING,
                        "{}");
        scene.undo(scene.finish(statements));
        scene.finish(
                scene.submit(
                        STATEMENT.getBytes(StandardCharsets.UTF_8),
                        FileForm.NDJSON,
                        REPLACING,
                        "{}"));
        assertThat(scene.said()).containsExactly("jane.doe sco-0 passed", "jane.doe sco-1 passed");
        assertThat(tablesWithTheName()).contains("participant", "attempt", "attempt_change");
        new AnonymiseParticipant(
                        db.jdbi(),
                        Clock.systemUTC(),
                        List.of(new AnonymiseAttempts(), new AnonymiseChanges()))
                .anonymise(scene.client, NAME);
        assertThat(tablesWithTheName()).isEmpty();
    }

    /// As text or as bytes, in whichever column.
    private static List<String> tablesWithTheName() {
        return db.jdbi()
                .withHandle(
                        h ->
                                h
                                        .createQuery(
                                                "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
                                        .mapTo(String.class)
                                        .stream()
                                        .filter(
                                                table ->
                                                        h.createQuery(
                                                                        "SELECT EXISTS (SELECT FROM %s t WHERE t::text ~ (:name || '|' || encode(:name::bytea, 'hex')))"
                                                                                .formatted(table))
                                                                .bind("name", NAME)
                                                                .mapTo(Boolean.class)
                                                                .one())
                                        .toList());
    }
}
