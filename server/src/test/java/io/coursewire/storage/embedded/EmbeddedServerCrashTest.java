package io.coursewire.storage.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.security.auth.module.UnixSystem;
import io.coursewire.ChildJvm;
import io.coursewire.Patience;
import io.coursewire.kernel.CannotStart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kills real processes and looks at what the next start makes of it.
@Tag("slow")
class EmbeddedServerCrashTest {
    private static final Duration RESTART_MAX = Duration.ofSeconds(3);

    @TempDir Path dataFolder;
    private ChildJvm child;
    private Jdbi jdbi;
    private ProcessHandle postgres;

    @BeforeEach
    void start() throws Exception {
        PreparedFolder.copyTo(dataFolder);
        start(
                List.of(),
                Map.of("LC_ALL", "xx_NOWHERE.UTF-8", "LANG", "xx_NOWHERE", "PGDATA", "/nowhere"));
        jdbi.useHandle(h -> h.execute("CREATE TABLE note (text text)"));
        jdbi.useHandle(h -> h.execute("INSERT INTO note VALUES ('kept')"));
    }

    @AfterEach
    void stop() throws Exception {
        child.close();
        postgres.destroyForcibly();
        PreparedFolder.takeBack(dataFolder);
    }

    @Test
    void after_kill_9_the_orphaned_server_is_stopped_and_its_data_kept() throws Exception {
        child.kill();
        assertThat(postgres.isAlive()).isTrue();
        assertNextStartKeepsData();
        assertThat(postgres.info().arguments()).as("what a process that runs has").isEmpty();
    }

    @Test
    void a_connection_that_is_still_busy_does_not_delay_the_next_start() throws Exception {
        try (var busy = jdbi.open().begin()) {
            busy.execute("INSERT INTO note VALUES ('open')");
            child.kill();
            assertNextStartKeepsData();
        } catch (RuntimeException e) {
            // The connection was cut, as it should be.
            assertThat(postgres.info().arguments()).as("what a process that runs has").isEmpty();
        }
    }

    @Test
    void after_kill_9_of_both_the_next_start_recovers() throws Exception {
        child.kill();
        postgres.destroyForcibly();
        assertNextStartKeepsData();
    }

    @Test
    void a_frozen_orphan_is_ended_all_the_same() throws Exception {
        child.kill();
        ShortCommand.run(List.of("sh", "-c", "kill -STOP " + postgres.pid()));
        assertNextStartKeepsData();
    }

    @Test
    void a_live_process_keeps_its_folder() throws Exception {
        assertThatThrownBy(() -> EmbeddedServer.start(dataFolder))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("Another Coursewire (process " + child.handle().pid() + ")");
        assertThat(postgres.isAlive()).isTrue();
    }

    @Test
    void the_server_is_in_a_session_of_its_own_so_that_ctrl_c_does_not_reach_it() throws Exception {
        Path stat = Path.of("/proc", Long.toString(postgres.pid()), "stat");
        assumeTrue(Files.exists(stat), "needs /proc");
        String session = Files.readString(stat).replaceAll(".*\\) ", "").split(" ")[3];
        assertThat(session).isEqualTo(Long.toString(postgres.pid()));
    }

    @Test
    void killed_at_any_moment_of_its_first_start_the_next_start_works(@TempDir Path fresh)
            throws Exception {
        for (int millis = 500; millis < 2_900; millis += 800) {
            Path folder = Files.createDirectory(fresh.resolve(Integer.toString(millis)));
            if (millis > 500) {
                PreparedFolder.lendSoftware(folder);
            }
            try (var starting = ChildJvm.start(EmbeddedServerChild.class, folder.toString())) {
                starting.handle()
                        .onExit()
                        .completeOnTimeout(null, millis, java.util.concurrent.TimeUnit.MILLISECONDS)
                        .join();
                starting.kill();
            }
            try (var server = EmbeddedServer.start(folder)) {
                assertThat(server.process().isAlive()).isTrue();
            }
            PreparedFolder.takeBack(folder);
        }
    }

    @Test
    void it_runs_for_those_who_are_not_root(@TempDir Path other) throws Exception {
        assumeTrue(new UnixSystem().getUid() == 0, "is not root anyway");
        assumeTrue(
                ShortCommand.run(List.of("unshare", "--user", "true")).succeeded(),
                "needs unshare");
        stop();
        dataFolder = other;
        PreparedFolder.lendSoftware(dataFolder);
        // Nobody, as far as the child can see.
        start(List.of("unshare", "--user"), Map.of());
        assertThat(texts("SELECT 'up'")).containsExactly("up");
    }

    private void start(List<String> prefix, Map<String, String> environment) throws Exception {
        child =
                ChildJvm.start(
                        prefix, environment, EmbeddedServerChild.class, dataFolder.toString());
        jdbi = Jdbi.create(child.nextLine(), PostgresCluster.USER, child.nextLine());
        postgres = ProcessHandle.of(Long.parseLong(child.nextLine())).orElseThrow();
    }

    private void assertNextStartKeepsData() {
        Duration soon = Patience.of(RESTART_MAX);
        Instant begin = Instant.now();
        try (var server = EmbeddedServer.start(dataFolder)) {
            assertThat(Duration.between(begin, Instant.now())).isLessThan(soon);
            jdbi =
                    Jdbi.create(
                            server.address().jdbcUrl(),
                            PostgresCluster.USER,
                            server.address().password());
            assertThat(texts("SELECT text FROM note")).containsExactly("kept");
        }
    }

    private List<String> texts(String sql) {
        return jdbi.withHandle(h -> h.createQuery(sql).mapTo(String.class).list());
    }
}
