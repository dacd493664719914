package io.coursewire.packages.prerequisites;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.coursewire.packages.PackageWarning;
import io.coursewire.packages.Scorm12;
import io.coursewire.packages.Scorm12.Content;
import io.coursewire.packages.Scorm12.Item;
import io.coursewire.packages.Scorm12.LaunchData;
import io.coursewire.packages.Warnings;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `aicc_script` as tools write it, and what it opens.
class PrerequisitesTest {
    private final Warnings warnings = new Warnings();
    private final Map<String, String> statuses = new HashMap<>();
    private Scorm12 current;

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                // script; a; b; c; is it met?
                "a; p; n; n; true",
                "a; c; n; n; true",
                "a; f; n; n; false",
                "a; i; n; n; false",
                "a & b; p; n; n; false",
                "a&b; p; c; n; true",
                "a | b; n; p; n; true",
                "a | b & c; n; p; n; false",
                "(a | b) & c; p; n; p; true",
                "~a; n; n; n; true",
                "~a; p; n; n; false",
                "~(a & b); p; n; n; true",
                "~~a; p; n; n; true",
                "a = \"passed\"; p; n; n; true",
                "a=\"passed\"; c; n; n; false",
                "a = failed; f; n; n; true",
                "a = F; f; n; n; true",
                "a <> \"not attempted\"; n; n; n; false",
                "a<>\"n\"; i; n; n; true",
                "2*{a, b, c}; p; n; n; false",
                "2*{a, b, c}; p; n; c; true",
                "1*{a & b, c}; p; n; n; false",
                "0*{a}; n; n; n; true",
                "\"a\" & 'b'; p; p; n; true",
                "A & B; p; p; n; true",
                "a AND b; p; n; n; false",
                "a and not b; p; n; n; true",
                "(a AND b) OR c; n; n; c; true",
            })
    void scripts_mean_what_the_standard_says(
            String script, String a, String b, String c, boolean met) {
        var course = course("a", "", "b", "", "c", "", "x", script);
        statuses.putAll(Map.of("a", word(a), "b", word(b), "c", word(c)));
        assertThat(prerequisites(course).isOpen("x", this::status)).isEqualTo(met);
        assertThat(codes()).doesNotContain("prerequisites-unreadable", "dangling-reference");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*a",
                "a b",
                "a &",
                "& a",
                "()",
                "(a",
                "a)",
                "a = ",
                "a = sometimes",
                "2*a",
                "x*{a}",
                "{a}",
                "a,b",
                "9999999*{a}",
                "\"a",
                "2*{}",
                "~",
                "<>",
                "a AND *b",
                "a = = b"
            })
    void what_cannot_be_read_opens_and_is_told(String script) {
        var read = prerequisites(course("a", "", "b", "", "x", script));
        assertThat(read.isOpen("x", this::status)).isTrue();
        assertThat(codes()).contains("prerequisites-unreadable");
        assertThat(warnings.list().getFirst().place()).contains("imsmanifest.xml (x)");
    }

    @Test
    void nesting_without_end_is_not_read() {
        prerequisites(course("a", "", "x", "(".repeat(5_000) + "a" + ")".repeat(5_000)));
        assertThat(codes()).containsExactly("prerequisites-unreadable");
    }

    @Test
    void words_for_signs_are_tolerated_and_told() {
        prerequisites(course("a", "", "x", "a AND NOT a"));
        assertThat(codes()).containsExactly("prerequisites-words");
    }

    @Test
    void a_reference_to_nothing_is_left_out_and_the_rest_counts() {
        var read =
                prerequisites(
                        course("a", "", "x", "a & ghost", "y", "~ghost", "z", "2*{a, ghost}"));
        assertThat(codes()).containsOnly("dangling-reference").hasSize(3);
        assertThat(open(read)).containsExactly("a", "y");
        statuses.put("a", "passed");
        assertThat(open(read)).containsExactly("a", "x", "y", "z");
    }

    @Test
    void circles_are_left_out_and_what_leads_to_them_still_waits() {
        var read =
                prerequisites(
                        course(
                                "self",
                                "self",
                                "a",
                                "b & free",
                                "b",
                                "a",
                                "free",
                                "",
                                "after",
                                "a"));
        assertThat(codes()).containsOnly("cyclic-reference").hasSize(3);
        assertThat(open(read)).containsExactly("self", "b", "free");
        statuses.put("free", "completed");
        assertThat(open(read)).contains("a").doesNotContain("after");
        statuses.put("a", "completed");
        assertThat(open(read)).contains("after");
    }

    @Test
    void a_folder_is_done_with_all_in_it_and_closes_all_in_it() {
        var course =
                new Scorm12(
                        Optional.empty(),
                        "org",
                        Map.of(),
                        List.of(
                                folder("F", "", sco("a", ""), sco("b", "")),
                                folder("G", "F", sco("c", ""), sco("d", "c"))));
        var read = prerequisites(course);
        assertThat(codes()).isEmpty();
        assertThat(open(read)).containsExactly("F", "a", "b");
        statuses.put("a", "passed");
        assertThat(open(read)).doesNotContain("c");
        assertThat(read.waitsFor("c", this::status)).containsExactly("F");
        statuses.put("b", "completed");
        assertThat(open(read)).containsExactly("F", "a", "b", "G", "c");
        statuses.put("b", "failed");
        assertThat(open(read)).doesNotContain("c");
    }

    @Test
    void an_item_that_waits_for_its_own_folder_is_a_circle() {
        var course =
                new Scorm12(
                        Optional.empty(),
                        "org",
                        Map.of(),
                        List.of(folder("F", "", sco("a", "F"), sco("b", ""))));
        assertThat(open(prerequisites(course))).contains("a");
        assertThat(codes()).containsExactly("cyclic-reference");
    }

    @Test
    void whatever_a_course_asks_for_it_can_be_finished() {
        for (int seed = 0; seed < 300; seed++) {
            var random = new Random(seed);
            int size = 2 + random.nextInt(12);
            var pairs = new ArrayList<String>();
            for (int n = 0; n < size; n++) {
                pairs.add("i" + n);
                pairs.add(
                        "i%d %s i%d"
                                .formatted(
                                        random.nextInt(size + 1),
                                        random.nextBoolean() ? "&" : "|",
                                        random.nextInt(size)));
            }
            statuses.clear();
            var read = prerequisites(course(pairs.toArray(String[]::new)));
            for (int n = 0; n < size; n++) {
                open(read).forEach(item -> statuses.put(item, "completed"));
            }
            assertThat(open(read)).as("seed " + seed).hasSize(size);
        }
    }

    @Test
    void a_chain_of_thousands_is_read_quickly() {
        var pairs = new ArrayList<String>(List.of("i0", ""));
        for (int n = 1; n < 5_000; n++) {
            pairs.addAll(List.of("i" + n, "i" + (n - 1)));
        }
        var read = prerequisites(course(pairs.toArray(String[]::new)));
        assertThat(open(read)).containsExactly("i0");
    }

    @Test
    void a_large_folder_that_waits_for_another_takes_no_more_memory_than_its_items() {
        var course =
                new Scorm12(
                        Optional.empty(),
                        "org",
                        Map.of(),
                        List.of(folder("F", "", many("a", "")), folder("G", "F", many("b", ""))));
        assertThat(bytesFor(course)).isLessThan(100L << 20);
        assertThat(codes()).isEmpty();
    }

    @Test
    void items_that_all_wait_for_their_folder_take_no_more_memory_than_they_are() {
        var course =
                new Scorm12(
                        Optional.empty(),
                        "org",
                        Map.of(),
                        List.of(folder("F", "", many("a", "F"))));
        assertThat(bytesFor(course)).isLessThan(100L << 20);
        assertThat(codes()).containsOnly("cyclic-reference");
    }

    private long bytesFor(Scorm12 course) {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        prerequisites(course);
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private static Item[] many(String name, String script) {
        var items = new Item[4_000];
        Arrays.setAll(items, n -> sco(name + n, script));
        return items;
    }

    private Prerequisites prerequisites(Scorm12 course) {
        current = course;
        return Prerequisites.of(course, warnings, "imsmanifest.xml");
    }

    private List<String> open(Prerequisites read) {
        return current.outline().stream()
                .map(line -> line.identifier())
                .filter(item -> read.isOpen(item, this::status))
                .toList();
    }

    private String status(String item) {
        return statuses.getOrDefault(item, "not attempted");
    }

    private List<String> codes() {
        return warnings.list().stream().map(PackageWarning::code).toList();
    }

    private static String word(String letter) {
        return switch (letter) {
            case "p" -> "passed";
            case "c" -> "completed";
            case "f" -> "failed";
            case "i" -> "incomplete";
            default -> "not attempted";
        };
    }

    private static Scorm12 course(String... itemsAndScripts) {
        var items = new ArrayList<Item>();
        for (int n = 0; n < itemsAndScripts.length; n += 2) {
            items.add(sco(itemsAndScripts[n], itemsAndScripts[n + 1]));
        }
        return new Scorm12(Optional.empty(), "org", Map.of(), items);
    }

    private static Item sco(String identifier, String script) {
        return new Item(
                identifier,
                Map.of(),
                true,
                Optional.of(script).filter(text -> !text.isEmpty()),
                Optional.of(new Content("a.html", true, LaunchData.NONE)),
                List.of());
    }

    private static Item folder(String identifier, String script, Item... children) {
        return new Item(
                identifier,
                Map.of(),
                true,
                Optional.of(script).filter(text -> !text.isEmpty()),
                Optional.empty(),
                Arrays.asList(children));
    }
}
