package io.coursewire.storage.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.security.auth.module.UnixSystem;
import io.coursewire.Patience;
import io.coursewire.kernel.CannotStart;
import io.coursewire.storage.Database;
import io.coursewire.storage.DatabaseAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedServerTest {
    @TempDir Path dataFolder;

    @BeforeEach
    void prepare() throws IOException {
        PreparedFolder.copyTo(dataFolder);
    }

    @AfterEach
    void takeBack() throws IOException {
        PreparedFolder.takeBack(dataFolder);
    }

    @Test
    void what_was_committed_is_there_after_a_restart_which_takes_less_than_three_seconds() {
        try (var server = EmbeddedServer.start(dataFolder)) {
            run(server, "CREATE TABLE note AS SELECT 'kept' AS text");
        }
        Duration soon = Patience.of(Duration.ofSeconds(3));
        Instant begin = Instant.now();
        try (var server = EmbeddedServer.start(dataFolder)) {
            assertThat(Duration.between(begin, Instant.now())).isLessThan(soon);
            assertThat(ask(server, "SELECT text FROM note")).isEqualTo("kept");
        }
    }

    @Test
    void a_user_without_an_entry_is_told_of_before_anything_is_made() {
        assertThatThrownBy(() -> PostgresAccount.checkEntry(12345, Optional.empty()))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("uid 12345, which has no entry in /etc/passwd")
                .hasMessageContaining("--database-url");
        PostgresAccount.checkEntry(12345, Optional.of("coursewire"));
    }

    @Test
    void the_server_ends_with_close() {
        var server = EmbeddedServer.start(dataFolder);
        var process = server.process();
        server.close();
        assertThat(process.isAlive()).isFalse();
        assertThat(dataFolder.resolve("database/data/postmaster.pid")).doesNotExist();
    }

    @Test
    void it_is_durable_and_knows_no_locale_of_the_system() {
        try (var server = EmbeddedServer.start(dataFolder)) {
            assertThat(
                            ask(
                                    server,
                                    "SELECT string_agg(setting, ',') FROM pg_settings WHERE name IN"
                                            + " ('fsync', 'full_page_writes', 'synchronous_commit')"))
                    .isEqualTo("on,on,on");
            assertThat(
                            ask(
                                    server,
                                    "SELECT concat(datlocprovider, datlocale, datcollate) FROM pg_database"
                                            + " WHERE datname = current_database()"))
                    .isEqualTo("bC.UTF-8C");
            assertThat(ask(server, "SELECT upper('grüße')")).isEqualTo("GRÜßE");
            assertThat(ask(server, "SHOW data_checksums")).isEqualTo("on");
        }
    }

    @Test
    void others_can_neither_read_it_nor_connect_to_it() throws IOException {
        try (var server = EmbeddedServer.start(dataFolder)) {
            assertThat(mode("database")).isEqualTo("rwx------");
            assertThat(mode("database/data")).isEqualTo("rwx------");
            assertThat(mode("database/password")).isEqualTo("rw-------");
            assertThatThrownBy(
                            () ->
                                    new DatabaseAddress(
                                                    server.address().jdbcUrl(),
                                                    "coursewire",
                                                    "guess")
                                            .connect())
                    .hasMessageContaining("password authentication failed");
            assertThat(Files.readString(dataFolder.resolve("database/data/pg_hba.conf")))
                    .doesNotContainPattern("(?m)^[^#]*\\btrust\\b");
            for (InetAddress address : addressesOfThisMachine()) {
                assertThatThrownBy(() -> new Socket(address, port(server)).close())
                        .as("reached by %s", address)
                        .isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void a_second_server_on_the_same_folder_is_refused_and_the_first_goes_on() {
        try (var server = EmbeddedServer.start(dataFolder)) {
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> EmbeddedServer.start(dataFolder))
                        .isInstanceOf(CannotStart.class)
                        .hasMessageContaining(
                                "Another Coursewire (process " + ProcessHandle.current().pid())
                        .hasMessageContaining("--data-dir");
            }
            assertThat(ask(server, "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void data_of_another_major_version_is_refused_untouched() throws IOException {
        var version = dataFolder.resolve("database/data/PG_VERSION");
        Files.writeString(version, "17\n");
        assertThatThrownBy(() -> EmbeddedServer.start(dataFolder))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("made by PostgreSQL 17")
                .hasMessageContaining("brings PostgreSQL 18")
                .hasMessageContaining("pg_dump");
        Files.writeString(version, "18\n");
        EmbeddedServer.start(dataFolder).close();
    }

    @Test
    void a_stale_pid_file_does_not_hinder_even_when_its_number_belongs_to_another_process()
            throws IOException {
        try (var server = EmbeddedServer.start(dataFolder)) {
            run(server, "CREATE TABLE note AS SELECT 'kept' AS text");
        }
        Path file = dataFolder.resolve("database/data/postmaster.pid");
        Process other = new ProcessBuilder("sleep", "1000").start();
        try {
            for (String number : List.of(Long.toString(other.pid()), "4194303", "", "nonsense")) {
                Files.writeString(file, pidFile(number));
                try (var server = EmbeddedServer.start(dataFolder)) {
                    assertThat(ask(server, "SELECT text FROM note")).isEqualTo("kept");
                }
            }
            assertThat(other.isAlive()).isTrue();
        } finally {
            other.destroyForcibly();
        }
    }

    @Test
    void a_killed_server_comes_back_at_the_same_address_with_its_data() {
        try (var server = EmbeddedServer.start(dataFolder);
                var database = Database.open(server.address())) {
            database.jdbi().useHandle(h -> h.execute("CREATE TABLE note AS SELECT 'kept' AS text"));
            var first = server.process();
            first.destroyForcibly();
            first.onExit().join();
            while (server.process().equals(first)) {
                Thread.onSpinWait();
            }
            assertThat(eventually(database.jdbi(), "SELECT text FROM note")).isEqualTo("kept");
        }
    }

    @Test
    void a_setting_that_would_lose_data_is_refused() {
        try (var server = EmbeddedServer.start(dataFolder)) {
            run(server, "ALTER ROLE coursewire SET synchronous_commit = off");
        }
        assertThatThrownBy(() -> EmbeddedServer.start(dataFolder))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("synchronous_commit is off");
        assertThat(dataFolder.resolve("database/data/postmaster.pid")).doesNotExist();
    }

    @Test
    void why_it_does_not_start_is_told_from_its_log() throws IOException {
        EmbeddedServer.start(dataFolder).close();
        Files.writeString(
                dataFolder.resolve("database/data/postgresql.conf"), "no_such_setting = 1\n");
        assertThatThrownBy(() -> EmbeddedServer.start(dataFolder))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("no_such_setting")
                .hasMessageContaining("server.log");
    }

    @Test
    void what_killed_starts_left_halfway_is_removed(@TempDir Path fresh) throws IOException {
        PreparedFolder.lendSoftware(fresh);
        Path half = Files.createDirectories(fresh.resolve("database/creating-1/base"));
        Files.writeString(half.resolve("1"), "half");
        EmbeddedServer.start(fresh).close();
        assertThat(fresh.resolve("database/creating-1")).doesNotExist();
        assertThat(fresh.resolve("database/data/PG_VERSION")).hasContent("18");
        PreparedFolder.takeBack(fresh);
    }

    @Test
    void a_leftover_that_cannot_be_removed_yet_holds_up_no_start() throws IOException {
        Path leftover = dataFolder.resolve("database/creating-1");
        String deep = ("x".repeat(200) + "/").repeat(12);
        Path upper = Files.createDirectories(leftover.resolve(deep));
        Path lower = dataFolder.resolve("lower");
        Files.createDirectories(lower.resolve(deep));
        // Longer together than a path may be: to look at it fails, as it does at what has just
        // gone.
        Files.move(lower, upper.resolve("lower"));
        EmbeddedServer.start(dataFolder).close();
        assertThat(leftover).exists();
        Files.move(upper.resolve("lower"), lower);
        EmbeddedServer.start(dataFolder).close();
        assertThat(leftover).doesNotExist();
    }

    @Test
    void a_folder_that_is_a_file_is_refused_by_name() throws IOException {
        Path file = Files.writeString(dataFolder.resolve("file"), "");
        assertThatThrownBy(() -> EmbeddedServer.start(file))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("--data-dir");
    }

    @Test
    void where_root_may_not_become_nobody_an_ordinary_account_runs_it_and_back() throws Exception {
        assumeTrue(new UnixSystem().getUid() == 0, "needs root");
        var nobody = PostgresAccount.ordinary("nobody");
        assumeTrue(nobody.isPresent(), "needs setpriv");
        // The tests' own may be out of that account's reach.
        Files.delete(dataFolder.resolve("database/postgresql-" + PostgresSoftware.VERSION));
        Path folder = dataFolder.resolve("database").toRealPath();
        try (var server = EmbeddedServer.start(folder, FolderLock.take(folder), nobody.get())) {
            run(server, "CREATE TABLE note AS SELECT 'kept' AS text");
            assertThat(server.process().info().user()).contains("nobody");
            assertThat(Files.getOwner(folder.resolve("data")).getName()).isEqualTo("nobody");
        }
        try (var server = EmbeddedServer.start(dataFolder)) {
            assertThat(ask(server, "SELECT text FROM note")).isEqualTo("kept");
        }
    }

    @Test
    void an_ordinary_account_that_cannot_reach_the_folder_is_told_why() throws Exception {
        assumeTrue(new UnixSystem().getUid() == 0, "needs root");
        var nobody = PostgresAccount.ordinary("nobody");
        assumeTrue(nobody.isPresent(), "needs setpriv");
        Files.setPosixFilePermissions(dataFolder, PosixFilePermissions.fromString("rwx------"));
        Path folder = Files.createDirectories(dataFolder.resolve("deeper/database")).toRealPath();
        try (var lock = FolderLock.take(folder)) {
            assertThatThrownBy(() -> EmbeddedServer.start(folder, lock, nobody.get()))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("cannot pass " + dataFolder.toRealPath())
                    .hasMessageContaining("chmod o+x");
        }
    }

    @Test
    void the_version_that_is_brought_along_is_the_one_we_say() throws IOException {
        var software = TestServer.software();
        assertThat(
                        ShortCommand.run(
                                        List.of(
                                                software.program("postgres").toString(),
                                                "--version"))
                                .output())
                .isEqualTo("postgres (PostgreSQL) " + PostgresSoftware.VERSION);
        assertThat(PostgresSoftware.VERSION).startsWith(PostgresSoftware.MAJOR_VERSION + ".");
    }

    private static String pidFile(String number) {
        return number.isEmpty()
                ? ""
                : number + "\n/elsewhere\n1700000000\n5432\n\n127.0.0.1\n  1 1\nready   \n";
    }

    private String mode(String file) throws IOException {
        return PosixFilePermissions.toString(
                Files.getPosixFilePermissions(dataFolder.resolve(file)));
    }

    private static int port(EmbeddedServer server) {
        return Integer.parseInt(server.address().jdbcUrl().replaceAll(".*:(\\d+)/.*", "$1"));
    }

    private static List<InetAddress> addressesOfThisMachine() throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress())
                .toList();
    }

    private static void run(EmbeddedServer server, String sql) {
        jdbi(server.address()).useHandle(h -> h.execute(sql));
    }

    private static String ask(EmbeddedServer server, String sql) {
        return ask(jdbi(server.address()), sql);
    }

    private static String ask(Jdbi jdbi, String sql) {
        return jdbi.withHandle(h -> h.createQuery(sql).mapTo(String.class).one());
    }

    private static String eventually(Jdbi jdbi, String sql) {
        Instant end = Instant.now().plus(Patience.longest());
        while (true) {
            try {
                return ask(jdbi, sql);
            } catch (RuntimeException e) {
                if (Instant.now().isAfter(end)) {
                    throw e;
                }
            }
        }
    }

    private static Jdbi jdbi(DatabaseAddress address) {
        return Jdbi.create(address.jdbcUrl(), address.user(), address.password());
    }
}
