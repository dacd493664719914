package io.coursewire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The script `coursewire`, in a tree of its own, with a java, a Maven and an npm that only say what they were asked.
class ScriptTest {
    private static final Path SCRIPT = Path.of("..", "coursewire").toAbsolutePath();

    /// A java that says what it was asked, into the cache if that is to be made.
    private static final String MAKES_CACHE =
            """
            for word; do case $word in -XX:AOTCacheOutput=*) exec >"${word#*=}" ;; esac; done
            printf '[%s]' "$@"
            """;

    @TempDir Path folder;
    private Path root;
    private Path jdk;
    private Path bin;

    private record Ran(int exitCode, String out, String errors) {}

    @BeforeEach
    void makeTree() throws Exception {
        root = Files.createDirectories(folder.resolve("a tree"));
        // Where this machine has its JDKs is no part of the test.
        String script =
                Files.readString(SCRIPT).replaceAll(" (/usr|/opt)/(lib/jvm|java|jdk)", " ~/$2");
        Files.writeString(root.resolve("coursewire"), script);
        Files.setPosixFilePermissions(
                root.resolve("coursewire"), Files.getPosixFilePermissions(SCRIPT));
        for (var module : List.of("web", "server", "bench", "e2e")) {
            Files.createDirectories(root.resolve(module).resolve("src/main"));
            Files.createDirectories(root.resolve(module).resolve("target"));
            Files.writeString(root.resolve(module).resolve("pom.xml"), "");
        }
        Files.createDirectories(root.resolve("server/target/lib"));
        Files.writeString(jar(), "");
        Files.writeString(root.resolve("pom.xml"), "");
        Files.writeString(root.resolve("web/package-lock.json"), "");
        Files.writeString(root.resolve("web/build.mjs"), "");
        jdk = jdk("25.0.3");
        bin = Files.createDirectories(folder.resolve("bin"));
        program(bin.resolve("npm"), "");
        program(bin.resolve("chromium"), "");
        program(bin.resolve("java"), "echo 'openjdk 17'; exit 1");
        program(bin.resolve("mvn"), "echo \"mvn on $JAVA_HOME: $*\"");
    }

    @Test
    void a_command_of_the_product_is_passed_on_word_by_word_whatever_java_is_on_the_path()
            throws Exception {
        built();
        var ran = run(jdk, "import", "my course.zip", "--client", "acme");
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out())
                .contains("java of 25.0.3")
                .contains("[io.coursewire.app.Main][import][my course.zip][--client][acme]");
        assertThat(ran.errors()).isEmpty();
    }

    @Test
    void an_older_jdk_is_not_taken_for_one_and_what_to_install_is_told() throws Exception {
        var ran = run(jdk("17.0.1"), "serve");
        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.errors()).contains("needs a JDK 25").contains("JAVA_HOME").hasLineCount(1);
        assertThat(run(jdk("250"), "serve").exitCode()).isEqualTo(1);
    }

    @Test
    void a_jdk_of_a_usual_folder_is_found_without_java_home() throws Exception {
        built();
        Files.createDirectories(folder.resolve(".jdks"));
        Files.move(jdk, folder.resolve(".jdks/temurin-25"));
        assertThat(run(folder.resolve("nowhere"), "key", "list").out()).contains("java of 25.0.3");
    }

    @Test
    void it_builds_when_sources_are_newer_and_only_then() throws Exception {
        var first = run(jdk, "serve");
        assertThat(first.errors())
                .contains("Building")
                .contains("mvn on " + jdk)
                .contains("package");
        assertThat(first.out()).contains("[serve]").doesNotContain("mvn");
        Files.setLastModifiedTime(root.resolve("server/target/.built"), soon());
        assertThat(run(jdk, "serve").errors()).isEmpty();
        Path source = Files.writeString(root.resolve("server/src/main/New.java"), "");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(3_600)));
        assertThat(run(jdk, "serve").errors()).contains("mvn on");
    }

    @Test
    void a_build_that_fails_is_told_and_nothing_is_run() throws Exception {
        program(bin.resolve("mvn"), "echo 'cannot find symbol'; exit 1");
        var ran = run(jdk, "serve");
        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.errors()).contains("cannot find symbol").contains("The build failed");
        assertThat(ran.out()).isEmpty();
        assertThat(root.resolve("server/target/.built")).doesNotExist();
    }

    @Test
    void test_runs_everything_and_fast_leaves_the_slow_ones_out() throws Exception {
        assertThat(run(jdk, "test").out()).contains("verify").doesNotContain("excludedGroups");
        assertThat(run(jdk, "test", "--fast").out()).contains("verify -DexcludedGroups=slow");
        assertThat(run(jdk, "test", "--long").out()).contains("-Dcoursewire.long=true");
        var wrong = run(jdk, "test", "--quick");
        assertThat(wrong.exitCode()).isEqualTo(1);
        assertThat(wrong.errors()).contains("--fast").contains("--long").contains("--quick");
    }

    @Test
    void what_quick_starts_need_is_made_once_by_the_demo_and_then_used() throws Exception {
        built();
        program(jdk.resolve("bin/java"), MAKES_CACHE);
        var first = run(jdk, "serve", "--port", "0");
        assertThat(first.errors())
                .startsWith("Preparing quick starts, once per build;")
                .hasLineCount(1);
        assertThat(first.out())
                .doesNotContain("[demo]")
                .contains("[-XX:AOTCache=" + cache() + "]")
                .contains("[io.coursewire.app.Main][serve][--port][0]");
        assertThat(cache()).content().contains("[io.coursewire.app.Main][demo][--once]");
        assertThat(optionsOf(first.out())).isEqualTo(optionsOf(Files.readString(cache())));
        assertThat(run(jdk, "serve").errors()).isEmpty();
        assertThat(run(jdk, "key", "list").out()).contains("[-XX:AOTCache=" + cache() + "]");
    }

    @Test
    void it_is_made_anew_for_other_jars_and_for_another_jdk() throws Exception {
        built();
        program(jdk.resolve("bin/java"), MAKES_CACHE);
        run(jdk, "serve");
        Files.setLastModifiedTime(root.resolve("server/target/coursewire-server.jar"), soon());
        assertThat(run(jdk, "serve").errors()).contains("Preparing");
        var other = jdk("25.0.9");
        var ran = run(other, "serve");
        assertThat(ran.errors()).contains("Preparing");
        assertThat(ran.out()).contains("java of 25.0.9").doesNotContain("AOTCache");
    }

    @Test
    void where_it_cannot_be_made_everything_works_and_it_is_not_tried_again() throws Exception {
        built();
        var first = run(jdk, "serve");
        assertThat(first.errors())
                .startsWith("Preparing quick starts, once per build;")
                .hasLineCount(1);
        assertThat(first.out()).contains("[serve]").doesNotContain("AOTCache");
        assertThat(run(jdk, "serve").errors()).isEmpty();
    }

    @Test
    void a_cache_that_the_jvm_cannot_use_changes_nothing_and_is_not_spoken_of() throws Exception {
        built();
        productThatEchoes();
        String java = System.getProperty("java.home") + "/bin/java";
        program(jdk.resolve("bin/java"), "exec '" + java + "' \"$@\"");
        run(jdk, "serve");
        assertThat(cache()).isNotEmptyFile();
        var ran = new Ran(0, "serve --port 0\n", "");
        assertThat(run(jdk, "serve", "--port", "0")).isEqualTo(ran);
        byte[] good = Files.readAllBytes(cache());
        for (byte[] bad : List.of(Arrays.copyOf(good, good.length / 2), new byte[] {1, 2, 3})) {
            Files.write(cache(), bad);
            assertThat(run(jdk, "serve", "--port", "0")).isEqualTo(ran);
        }
    }

    private Path jdk(String version) throws IOException {
        Path home = Files.createDirectories(folder.resolve("homes/jdk " + version));
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(
                home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        program(home.resolve("bin/javac"), "");
        program(home.resolve("bin/java"), "echo 'java of " + version + "'; printf '[%s]' \"$@\"");
        return home;
    }

    private static void program(Path file, String script) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /// A jar of the product whose commands print what they were given.
    private void productThatEchoes() throws IOException {
        Path source = folder.resolve("Main.java");
        Files.writeString(
                source,
                """
                package io.coursewire.app;
                interface Main {
                    static void main(String[] words) { System.out.println(String.join(" ", words)); }
                }
                """);
        tool("javac", "-d", folder.resolve("classes"), source);
        tool("jar", "-cf", jar(), "-C", folder.resolve("classes"), ".");
    }

    private static void tool(String name, Object... words) {
        String[] arguments = Arrays.stream(words).map(Object::toString).toArray(String[]::new);
        var tool = ToolProvider.findFirst(name).orElseThrow();
        assertThat(tool.run(System.out, System.err, arguments)).isZero();
    }

    private void built() throws IOException {
        Files.writeString(root.resolve("server/target/.built"), "");
        Files.setLastModifiedTime(root.resolve("server/target/.built"), soon());
    }

    private Path jar() {
        return root.resolve("server/target/coursewire-server.jar");
    }

    private Path cache() throws IOException {
        try (var files = Files.newDirectoryStream(root.resolve("server/target"), "*.aot")) {
            return files.iterator().next();
        }
    }

    /// Of the JVM, except for those about the cache.
    private static String optionsOf(String command) {
        return command.replaceFirst("\\[-XX:AOT.*", "");
    }

    private static FileTime soon() {
        return FileTime.from(Instant.now().plusSeconds(60));
    }

    private Ran run(Path javaHome, String... arguments) throws Exception {
        var command = new ArrayList<>(List.of(root.resolve("coursewire").toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        Path errors = folder.resolve("errors");
        builder.redirectError(errors.toFile());
        builder.environment().put("JAVA_HOME", javaHome.toString());
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("PATH", bin + ":/usr/bin:/bin");
        Process process = builder.start();
        var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ran(process.waitFor(), out, Files.readString(errors));
    }
}
