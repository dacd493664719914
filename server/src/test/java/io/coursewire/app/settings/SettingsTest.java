package io.coursewire.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coursewire.kernel.InvalidInput;
import io.coursewire.kernel.SecretKey;
import io.coursewire.webhooks.KeepHistory.Retention;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.OverwrittenOptionException;

class SettingsTest {
    private static final byte[] KEY = new byte[SecretKey.BYTES];

    @TempDir Path folder;
    private final Map<Setting, String> flags = new HashMap<>();
    private final Map<String, String> environment =
            new HashMap<>(Map.of("PATH", "/bin", "HOME", "/"));

    @Test
    void nothing_set_means_the_defaults() {
        assertThat(read().settings())
                .isEqualTo(
                        new Settings(
                                Endpoints.local(8080, 8081),
                                Path.of("./data"),
                                Optional.empty(),
                                List.of(),
                                List.of(),
                                new Retention(90, 30)));
        assertThat(read().adminKey()).isEmpty();
        assertThat(read().secretKey()).isEmpty();
    }

    @Test
    void a_flag_wins_over_the_environment_and_that_over_the_file() throws IOException {
        file("port = 1\ncontent-port = 2\nhost = 10.0.0.3");
        environment.put("COURSEWIRE_PORT", "11");
        environment.put("COURSEWIRE_CONTENT_PORT", "12");
        flags.put(Setting.PORT, "21");
        var settings = read().settings();
        assertThat(settings.endpoints().port()).isEqualTo(21);
        assertThat(settings.endpoints().contentPort()).isEqualTo(12);
        assertThat(settings.endpoints().host()).isEqualTo("10.0.0.3");
    }

    @Test
    void everything_can_be_set_in_the_environment() {
        environment.putAll(
                Map.ofEntries(
                        Map.entry("COURSEWIRE_PORT", "0"),
                        Map.entry("COURSEWIRE_CONTENT_PORT", "0"),
                        Map.entry("COURSEWIRE_METRICS_PORT", "9464"),
                        Map.entry("COURSEWIRE_HOST", "0.0.0.0"),
                        Map.entry("COURSEWIRE_PUBLIC_URL", "https://LMS.example/"),
                        Map.entry(
                                "COURSEWIRE_CONTENT_URL", "https://{client}.content.example:8443"),
                        Map.entry("COURSEWIRE_DATA_DIR", "/var/lib/coursewire"),
                        Map.entry("COURSEWIRE_DATABASE_URL", "postgresql://db/course"),
                        Map.entry("COURSEWIRE_DATABASE_USER", "ann"),
                        Map.entry("COURSEWIRE_DATABASE_PASSWORD", "hunter2"),
                        Map.entry("COURSEWIRE_ADMIN_KEY", "an-admin-key-of-our-own"),
                        Map.entry("COURSEWIRE_SECRET_KEY", Base64.getEncoder().encodeToString(KEY)),
                        Map.entry("COURSEWIRE_ALLOW_TARGETS", "10.1.0.0/16, fd00::/8"),
                        Map.entry(
                                "COURSEWIRE_FRAME_ANCESTORS",
                                "https://lms.example https://b.example"),
                        Map.entry("COURSEWIRE_EVENT_RETENTION_DAYS", "365"),
                        Map.entry("COURSEWIRE_DELIVERY_RETENTION_DAYS", "60")));
        var read = read();
        var settings = read.settings();
        assertThat(settings.endpoints().host()).isEqualTo("0.0.0.0");
        assertThat(settings.endpoints().metricsPort()).contains(9464);
        assertThat(settings.endpoints().publicUrl()).contains("https://lms.example");
        assertThat(settings.endpoints().contentUrl())
                .contains("https://{client}.content.example:8443");
        assertThat(settings.dataDir()).isEqualTo(Path.of("/var/lib/coursewire"));
        assertThat(settings.database().orElseThrow().user()).isEqualTo("ann");
        assertThat(settings.database().orElseThrow().password()).isEqualTo("hunter2");
        assertThat(settings.allowTargets()).hasSize(2);
        assertThat(settings.frameAncestors())
                .containsExactly("https://lms.example", "https://b.example");
        assertThat(settings.retention()).isEqualTo(new Retention(365, 60));
        assertThat(read.adminKey()).contains("an-admin-key-of-our-own");
        assertThat(read.secretKey().orElseThrow().fingerprint())
                .isEqualTo(SecretKey.of(KEY).fingerprint());
        assertThat(read.toString()).doesNotContain("hunter2", "an-admin-key");
    }

    @Test
    void an_unknown_name_is_refused_with_the_one_that_was_probably_meant() throws IOException {
        file("prt = 8080");
        environment.put("COURSEWIRE_DATABSE_URL", "postgresql://db/course");
        refused()
                .hasMessageContaining("prt in coursewire.properties")
                .hasMessageContaining("Did you mean \"port\"?")
                .hasMessageContaining("Did you mean \"COURSEWIRE_DATABASE_URL\"?");
    }

    @Test
    void variables_of_the_other_commands_are_let_pass() {
        environment.put("COURSEWIRE_SERVER", "http://localhost:8080");
        environment.put("COURSEWIRE_KEY", "cwk.x");
        assertThat(read().settings().endpoints().port()).isEqualTo(8080);
    }

    @ParameterizedTest
    @EnumSource(
            value = Setting.class,
            names = {"DATABASE_PASSWORD", "ADMIN_KEY", "SECRET_KEY"})
    void a_secret_as_a_flag_is_refused_without_repeating_it(Setting secret) {
        flags.put(secret, "hunter2-hunter2-hunter2");
        refused()
                .hasMessageContaining(secret.flag())
                .hasMessageContaining(secret.variable())
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void a_database_url_with_a_password_is_refused_as_a_flag_only() {
        flags.put(Setting.DATABASE_URL, "postgresql://ann:hunter2@db/course");
        refused()
                .hasMessageContaining("COURSEWIRE_DATABASE_PASSWORD")
                .hasMessageNotContaining("hunter2");
        environment.put("COURSEWIRE_DATABASE_URL", flags.remove(Setting.DATABASE_URL));
        assertThat(read().settings().database().orElseThrow().password()).isEqualTo("hunter2");
    }

    @Test
    void variables_that_kubernetes_sets_are_let_pass() {
        environment.putAll(
                Map.of(
                        "COURSEWIRE_SERVICE_HOST", "10.96.0.7",
                        "COURSEWIRE_SERVICE_PORT", "8080",
                        "COURSEWIRE_SERVICE_PORT_HTTP", "8080",
                        "COURSEWIRE_PORT_8080_TCP", "tcp://10.96.0.7:8080",
                        "COURSEWIRE_PORT_8080_TCP_ADDR", "10.96.0.7",
                        "COURSEWIRE_DB_PORT", "tcp://10.96.0.8:5432",
                        "COURSEWIRE_DB_SERVICE_HOST", "10.96.0.8"));
        assertThat(read().settings().endpoints().port()).isEqualTo(8080);
        environment.put("COURSEWIRE_PORT", "tcp://10.96.0.7:8080");
        refused().hasMessageContaining("enableServiceLinks: false");
        environment.put("COURSEWIRE_PORT", "8080");
        environment.put("COURSEWIRE_CONTNT_PORT", "8081");
        refused().hasMessageContaining("Did you mean \"COURSEWIRE_CONTENT_PORT\"?");
    }

    @Test
    void where_settings_were_found_is_told_without_what_they_are() throws IOException {
        assertThat(told()).startsWith("all by default; there is no file /").endsWith(".properties");
        file("admin-key = hunter2-hunter2-hunter2");
        Files.setPosixFilePermissions(
                folder.resolve(GatherSettings.FILE), PosixFilePermissions.fromString("rw-------"));
        environment.put("COURSEWIRE_HOST", "10.0.0.3");
        flags.put(Setting.PORT, "21");
        assertThat(told())
                .startsWith(
                        "COURSEWIRE_HOST, --port, admin-key in coursewire.properties; the file is /");
    }

    private String told() {
        return GatherSettings.told(
                new EnumMap<>(GatherSettings.from(flags, environment, folder)), folder);
    }

    @Test
    void no_two_things_are_at_one_port() {
        flags.put(Setting.METRICS_PORT, "8081");
        refused()
                .hasMessageContaining(
                        "must be another port than 8081, which is that of content-port");
        flags.put(Setting.METRICS_PORT, "0");
        flags.put(Setting.PORT, "0");
        flags.put(Setting.CONTENT_PORT, "0");
        assertThat(read().settings().endpoints().metricsPort()).contains(0);
    }

    @Test
    void a_list_that_the_file_has_under_both_its_names_is_refused() throws IOException {
        file("allow-target = 10.1.0.0/16\nallow-targets = 10.2.0.0/16");
        refused().hasMessageContaining("is set twice: also as allow-target");
    }

    @Test
    void links_that_lead_to_another_machine_than_the_server_are_doubted() {
        assertThat(read().settings().endpoints().doubt()).isEmpty();
        flags.put(Setting.HOST, "0.0.0.0");
        assertThat(read().settings().endpoints().doubt().orElseThrow())
                .contains("public-url and content-url");
        flags.put(Setting.CONTENT_URL, "https://courses.example");
        assertThat(read().settings().endpoints().doubt()).isEmpty();
    }

    @Test
    void a_password_without_a_database_is_refused_instead_of_ignored() {
        environment.put("COURSEWIRE_DATABASE_PASSWORD", "hunter2");
        refused().hasMessageContaining("COURSEWIRE_DATABASE_URL").hasMessageContaining("is needed");
    }

    @Test
    void a_file_with_secrets_that_others_can_read_is_refused() throws IOException {
        Path file = file("admin-key = an-admin-key-of-our-own");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        refused().hasMessageContaining("chmod 600 " + file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThat(read().adminKey()).contains("an-admin-key-of-our-own");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PORT | 65536 | is not a port",
                "PORT | -1 | is not a port",
                "PORT | http | is not a port",
                "CONTENT_PORT | 8080 | must be another port",
                "PUBLIC_URL | lms.example | is not an origin",
                "PUBLIC_URL | https://lms.example/path | without a path",
                "PUBLIC_URL | https://lms.example:99999 | has no port from 1 to 65535",
                "PUBLIC_URL | ftp://lms.example | is not an origin",
                "PUBLIC_URL | https://ann@lms.example | is not an origin",
                "CONTENT_URL | https://x/{client} | without a path",
                "DATABASE_URL | mysql://db/course | postgresql://host:5432/database",
                "ALLOW_TARGETS | 10.0.0.0/33 | is not a block of addresses",
                "ALLOW_TARGETS | localhost | is not a block of addresses",
                "EVENT_RETENTION_DAYS | 6 | give a number of days from 7 to 3650",
                "EVENT_RETENTION_DAYS | 3651 | give a number of days from 7 to 3650",
                "EVENT_RETENTION_DAYS | 90d | is not a time to keep",
                "DELIVERY_RETENTION_DAYS | 0 | give a number of days from 1 to 3650",
                "DELIVERY_RETENTION_DAYS | 91 | must be 90 at most, as a delivery is not kept longer than its event; see event-retention-days",
                "FRAME_ANCESTORS | * | is not an origin",
                "FRAME_ANCESTORS | https://a; script-src * | is not an origin",
            })
    void what_is_not_of_its_form_is_refused_with_where_it_was_set(
            Setting setting, String text, String message) {
        flags.put(setting, text);
        refused().hasMessageContaining(setting.flag().substring(2)).hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"short", "with a blank in its middle", "käse-käse-käse-käse-käse"})
    void a_weak_or_unsendable_admin_key_is_refused_without_repeating_it(String key) {
        environment.put("COURSEWIRE_ADMIN_KEY", key);
        refused()
                .hasMessageContaining("COURSEWIRE_ADMIN_KEY")
                .hasMessageContaining("openssl rand")
                .hasMessageNotContaining(key);
    }

    @Test
    void a_secret_key_is_read_in_the_forms_that_tools_print() {
        byte[] key = SecretKey.random();
        var forms =
                List.of(
                        Base64.getEncoder().encodeToString(key),
                        Base64.getUrlEncoder().withoutPadding().encodeToString(key),
                        HexFormat.of().formatHex(key));
        for (String form : forms) {
            environment.put("COURSEWIRE_SECRET_KEY", form);
            assertThat(read().secretKey().orElseThrow().fingerprint())
                    .isEqualTo(SecretKey.of(key).fingerprint());
        }
        environment.put("COURSEWIRE_SECRET_KEY", "c2hvcnQ=");
        refused().hasMessageContaining("32 bytes").hasMessageNotContaining("c2hvcnQ");
    }

    @Test
    void with_a_public_url_launch_links_need_one_too() {
        flags.put(Setting.PUBLIC_URL, "https://lms.example");
        refused().hasMessageContaining("content-url").hasMessageContaining("is needed");
    }

    @ParameterizedTest
    @CsvSource({
        "https://lms.example, https://lms.example/",
        "https://lms.example, https://LMS.example:443",
        "http://lms.example:80, http://lms.example",
        "https://acme.lms.example, https://{client}.lms.example",
        "https://acme-c.lms.example, https://{client}-c.lms.example"
    })
    void the_two_origins_must_differ(String publicUrl, String contentUrl) {
        flags.put(Setting.PUBLIC_URL, publicUrl);
        flags.put(Setting.CONTENT_URL, contentUrl);
        refused().hasMessageContaining("another origin");
    }

    @ParameterizedTest
    @CsvSource({
        "https://lms.example, https://lms.example:8443",
        "https://lms.example, https://{client}.lms.example",
        "https://a.b.lms.example, https://{client}.lms.example"
    })
    void origins_that_differ_are_taken(String publicUrl, String contentUrl) {
        flags.put(Setting.PUBLIC_URL, publicUrl);
        flags.put(Setting.CONTENT_URL, contentUrl);
        assertThat(read().settings().endpoints().contentUrl()).contains(contentUrl);
    }

    @Test
    void deliveries_are_not_kept_longer_than_their_events_when_nothing_is_said_of_them() {
        flags.put(Setting.EVENT_RETENTION_DAYS, "14");
        assertThat(read().settings().retention()).isEqualTo(new Retention(14, 14));
        flags.put(Setting.DELIVERY_RETENTION_DAYS, "3");
        assertThat(read().settings().retention()).isEqualTo(new Retention(14, 3));
    }

    @Test
    void all_faults_are_told_at_once() {
        flags.put(Setting.PORT, "x");
        flags.put(Setting.PUBLIC_URL, "y");
        environment.put("COURSEWIRE_ALLOW_TARGETS", "z");
        assertThatThrownBy(this::read)
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        refused ->
                                assertThat(refused.fields())
                                        .extracting(InvalidInput.Field::pointer)
                                        .containsExactly(
                                                "--port",
                                                "--public-url",
                                                "COURSEWIRE_ALLOW_TARGETS"));
    }

    @Test
    void a_file_that_is_no_properties_file_is_refused() throws IOException {
        Files.write(folder.resolve(GatherSettings.FILE), new byte[] {(byte) 0xff, (byte) 0xfe});
        refused().hasMessageContaining("cannot be read as UTF-8 properties");
        file("port = \\uZZZZ");
        refused().hasMessageContaining("cannot be read as UTF-8 properties");
        file("#".repeat(70_000));
        refused().hasMessageContaining("is larger than");
    }

    @Test
    void the_help_of_a_command_lists_every_setting_with_its_variable_and_default() {
        var command = new CommandLine(new SettingFlags().transform(CommandSpec.create()));
        String help = command.getUsageMessage().replaceAll("\\s+", "");
        for (Setting setting : Setting.values()) {
            assertThat(help)
                    .contains(setting.flag())
                    .contains(setting.variable())
                    .contains(setting.fallback().replaceAll("\\s+", ""));
        }
    }

    @Test
    void a_repeated_flag_counts_as_a_list() {
        var command = new CommandLine(new SettingFlags().transform(CommandSpec.create()));
        var flags =
                command.parseArgs("--allow-target", "10.1.0.0/16", "--allow-target=10.2.0.0/16");
        assertThat(Configuration.read(flags, Map.of(), folder).settings().allowTargets())
                .hasSize(2);
    }

    @Test
    void a_flag_that_holds_one_value_is_taken_once() {
        var command = new CommandLine(new SettingFlags().transform(CommandSpec.create()));
        assertThatThrownBy(() -> command.parseArgs("--data-dir", "a", "--data-dir", "b"))
                .isInstanceOf(OverwrittenOptionException.class)
                .hasMessageContaining("--data-dir");
    }

    @ParameterizedTest
    @ValueSource(strings = {"allow-target", "allow-targets"})
    void in_the_file_a_list_goes_by_its_flag_s_name_too(String key) throws IOException {
        file(key + " = 10.1.0.0/16, 10.2.0.0/16");
        assertThat(read().settings().allowTargets()).hasSize(2);
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve(GatherSettings.FILE), text);
    }

    private Configuration read() {
        return ReadSettings.from(GatherSettings.from(flags, environment, folder));
    }

    private AbstractThrowableAssert<?, ? extends Throwable> refused() {
        return assertThatThrownBy(this::read).isInstanceOf(InvalidInput.class);
    }
}
