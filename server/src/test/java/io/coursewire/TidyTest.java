package io.coursewire;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/// Sizes, leftovers and documents that tell of what is not there.
class TidyTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final List<Path> PRODUCTION =
            sources("server/src/main/java", "bench/src/main/java", "web/src");

    @Test
    void files_stay_small() {
        var lines = PRODUCTION.stream().map(TidyTest::lines).map(List::size).sorted().toList();
        assertThat(lines).hasSizeGreaterThan(200);
        assertThat(lines.get(lines.size() / 2)).as("median").isLessThanOrEqualTo(80);
        assertThat(lines.get(lines.size() * 9 / 10)).as("90th percentile").isLessThanOrEqualTo(200);
        assertThat(PRODUCTION.stream().filter(file -> lines(file).size() > 400))
                .as("over 400 lines")
                .isEmpty();
    }

    @Test
    void functions_stay_small() {
        var sizes =
                functions(
                        PRODUCTION.stream()
                                .filter(file -> file.toString().endsWith(".java"))
                                .toList());
        assertThat(sizes).hasSizeGreaterThan(1_000);
        var sorted = sizes.values().stream().sorted().toList();
        assertThat(sorted.get(sorted.size() / 2)).as("median").isLessThanOrEqualTo(6);
        assertThat(sizes.entrySet().stream().filter(e -> e.getValue() > 60))
                .as("over 60 lines")
                .isEmpty();
    }

    @Test
    void nothing_is_left_for_later() {
        var marks = Pattern.compile("\\b(" + "FIX" + "ME|TO" + "DO|XX" + "X)\\b");
        var found = new ArrayList<String>();
        Stream.concat(PRODUCTION.stream(), sources("server/src/test", "e2e/src", "docs").stream())
                .filter(file -> lines(file).stream().anyMatch(line -> marks.matcher(line).find()))
                .forEach(file -> found.add(file.toString()));
        assertThat(found).isEmpty();
    }

    /// `Class.method`; further methods of a line are of the class named last, and else of the table's own.
    @Test
    void every_test_in_the_list_of_faults_exists() {
        Map<String, String> tests = new TreeMap<>();
        sources("server/src/test")
                .forEach(
                        file ->
                                tests.put(
                                        file.getFileName().toString().replaceAll("\\.java$", ""),
                                        String.join("\n", lines(file))));
        var missing = new ArrayList<String>();
        var quoted = Pattern.compile("`(?:([A-Z]\\w+Test)\\.?)?([a-z0-9]\\w+_\\w+)?`");
        int found = 0;
        for (var line : lines(ROOT.resolve("docs/reference/faults.md"))) {
            var type = "SendWebhookTest";
            for (var name = quoted.matcher(line); name.find(); found++) {
                type = name.group(1) == null ? type : name.group(1);
                String method = name.group(2) == null ? "class " + type : name.group(2) + "(";
                if (!tests.getOrDefault(type, "").contains(method)) {
                    missing.add(name.group());
                }
            }
        }
        assertThat(found).isGreaterThan(30);
        assertThat(missing).isEmpty();
    }

    @Test
    void every_path_and_type_in_the_architecture_exists() {
        var text = String.join("\n", lines(ROOT.resolve("docs/architecture.md")));
        var types = new ArrayList<String>();
        sources("server/src", "bench/src", "e2e/src")
                .forEach(
                        file ->
                                types.add(
                                        file.getFileName().toString().replaceAll("\\.java$", "")));
        var missing = new ArrayList<String>();
        var quoted = Pattern.compile("`([^`\\s]+)`").matcher(text);
        while (quoted.find()) {
            var name = quoted.group(1);
            boolean isType =
                    name.matches(
                            "([a-z0-9]+[./])*[A-Z][A-Za-z0-9]+[a-z][A-Za-z0-9]*(\\.[a-z]\\w*)?");
            boolean isPath = name.matches("[\\w.-]+(/[\\w.-]+)*/?") && name.contains("/");
            if (isType && !types.contains(simpleName(name))) {
                missing.add(name);
            } else if (!isType && isPath && !exists(name)) {
                missing.add(name);
            }
        }
        assertThat(missing).isEmpty();
    }

    private static String simpleName(String name) {
        return Stream.of(name.split("[./]"))
                .filter(part -> Character.isUpperCase(part.charAt(0)))
                .findFirst()
                .orElse(name);
    }

    private static boolean exists(String path) {
        return Stream.of(
                        "",
                        "server/",
                        "server/src/main/java/io/coursewire/",
                        "server/src/main/resources/",
                        "web/",
                        "docs/")
                .anyMatch(base -> Files.exists(ROOT.resolve(base + path)));
    }

    /// Lines between the braces of each method and constructor, as the compiler's own parser sees them.
    private static Map<String, Integer> functions(List<Path> files) {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var manager = compiler.getStandardFileManager(null, null, null);
        var task =
                (JavacTask)
                        compiler.getTask(
                                null,
                                manager,
                                null,
                                List.of("--release", "25"),
                                null,
                                manager.getJavaFileObjectsFromPaths(files));
        var sizes = new TreeMap<String, Integer>();
        try {
            var positions = Trees.instance(task).getSourcePositions();
            for (var unit : task.parse()) {
                new TreeScanner<Void, Void>() {
                    @Override
                    public Void visitMethod(MethodTree method, Void nothing) {
                        if (method.getBody() != null) {
                            var lines = unit.getLineMap();
                            long first =
                                    lines.getLineNumber(
                                            positions.getStartPosition(unit, method.getBody()));
                            long last =
                                    lines.getLineNumber(
                                            positions.getEndPosition(unit, method.getBody()));
                            sizes.put(
                                    Path.of(unit.getSourceFile().getName()).getFileName()
                                            + ":"
                                            + first
                                            + " "
                                            + method.getName(),
                                    (int) Math.max(1, last - first - 1));
                        }
                        return super.visitMethod(method, nothing);
                    }
                }.scan(unit, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sizes;
    }

    private static List<Path> sources(String... folders) {
        var files = new ArrayList<Path>();
        for (var folder : folders) {
            try (var walk = Files.walk(ROOT.resolve(folder))) {
                walk.filter(Files::isRegularFile)
                        .filter(file -> file.toString().matches(".*\\.(java|ts|md)"))
                        .filter(file -> !file.endsWith("package-info.java"))
                        .forEach(files::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return List.copyOf(files);
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
