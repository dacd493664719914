package io.coursewire.packages.prerequisites;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.coursewire.packages.Aicc;
import io.coursewire.packages.Aicc.Element;
import io.coursewire.packages.Aicc.LaunchData;
import io.coursewire.packages.Aicc.Logic;
import io.coursewire.packages.Aicc.Objective;
import io.coursewire.packages.Aicc.Requirement;
import io.coursewire.packages.Aicc.Unit;
import io.coursewire.packages.OutlineLine;
import io.coursewire.packages.PackageWarning;
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

/// Objectives and requirements for completion: what they open in an AICC course.
class CompletionTest {
    private Warnings warnings = new Warnings();
    private final List<Element> elements = new ArrayList<>();
    private final List<Objective> objectives = new ArrayList<>();
    private final List<Requirement> requirements = new ArrayList<>();
    private final Map<String, String> statuses = new HashMap<>();
    private final Map<String, String> reported = new HashMap<>();

    @Test
    void an_objective_is_done_with_all_that_teaches_it() {
        elements.addAll(List.of(unit("A1", ""), unit("A2", ""), unit("A3", "J1")));
        objectives.add(objective("J1", "A1", "a2"));
        assertThat(open()).containsExactly("A1", "A2");
        assertThat(read().waitsFor("A3", this::status)).containsExactly("A1", "A2");
        statuses.put("A1", "passed");
        assertThat(open()).containsExactly("A1", "A2");
        assertThat(read().waitsFor("A3", this::status)).containsExactly("A2");
        statuses.put("A2", "completed");
        assertThat(open()).containsExactly("A1", "A2", "A3");
        assertThat(codes()).isEmpty();
    }

    @Test
    void what_content_reported_of_an_objective_goes_before_what_teaches_it() {
        elements.addAll(List.of(unit("A1", ""), unit("A3", "j1=passed")));
        objectives.add(new Objective("J1", Optional.of("Obj-knots"), List.of("A1")));
        statuses.put("A1", "incomplete");
        assertThat(open()).containsExactly("A1");
        reported.put("J1", "passed");
        assertThat(open()).containsExactly("A1", "A3");
        reported.clear();
        reported.put("OBJ-KNOTS", "passed");
        assertThat(open()).containsExactly("A1", "A3");
        statuses.put("A1", "passed");
        reported.put("OBJ-KNOTS", "failed");
        assertThat(open()).containsExactly("A1");
    }

    @Test
    void a_lesson_may_be_for_those_whose_test_before_it_has_failed() {
        elements.addAll(List.of(unit("A1", ""), unit("A2", "J1=failed")));
        objectives.add(objective("J1", "A1", "A2"));
        assertThat(open()).containsExactly("A1");
        reported.put("J1", "failed");
        assertThat(open()).containsExactly("A1", "A2");
        reported.put("J1", "passed");
        assertThat(open()).containsExactly("A1");
        assertThat(codes()).isEmpty();
    }

    @Test
    void what_teaches_an_objective_may_wait_for_what_else_teaches_it() {
        elements.addAll(List.of(unit("A1", ""), unit("A2", "J1")));
        objectives.add(objective("J1", "A1", "A2"));
        assertThat(open()).containsExactly("A1");
        statuses.put("A1", "passed");
        assertThat(open()).containsExactly("A1", "A2");
        assertThat(codes()).isEmpty();
    }

    @Test
    void an_objective_of_objectives_is_done_with_them() {
        elements.addAll(List.of(unit("A1", ""), unit("A2", ""), unit("A3", "J9")));
        objectives.add(objective("J1", "A1"));
        objectives.add(objective("J2", "A2"));
        objectives.add(objective("J9", "J1", "J2"));
        statuses.put("A1", "passed");
        assertThat(open()).doesNotContain("A3");
        reported.put("J2", "completed");
        assertThat(open()).contains("A3");
    }

    @Test
    void a_requirement_decides_before_what_is_usual() {
        elements.addAll(
                List.of(
                        block("B1", unit("A1", ""), unit("A2", "")),
                        unit("A3", "B1"),
                        unit("A4", "A1=passed")));
        requirements.add(new Requirement("B1", "A1 | A2", "passed"));
        requirements.add(new Requirement("A1", "A2=failed", "passed"));
        assertThat(open()).containsExactly("B1", "A1", "A2");
        statuses.put("A2", "completed");
        assertThat(open()).containsExactly("B1", "A1", "A2", "A3");
        statuses.put("A2", "failed");
        assertThat(open()).containsExactly("B1", "A1", "A2", "A3", "A4");
        assertThat(codes()).isEmpty();
    }

    @Test
    void a_requirement_may_take_away_and_the_first_that_is_met_counts() {
        elements.addAll(List.of(unit("A1", ""), unit("A2", "A1")));
        requirements.add(new Requirement("A1", "A1=completed & J1=failed", "incomplete"));
        requirements.add(new Requirement("A1", "A1=completed", "passed"));
        objectives.add(objective("J1"));
        statuses.put("A1", "completed");
        assertThat(open()).containsExactly("A1", "A2");
        reported.put("J1", "failed");
        assertThat(open()).containsExactly("A1");
    }

    @Test
    void a_block_in_a_block_counts_by_its_own_requirement() {
        elements.addAll(
                List.of(
                        block("B1", unit("A1", ""), block("B2", unit("A2", ""), unit("A3", ""))),
                        unit("A4", "B1")));
        requirements.add(new Requirement("B2", "1*{A2, A3}", "completed"));
        statuses.putAll(Map.of("A1", "completed", "A3", "passed"));
        assertThat(open()).contains("A4");
    }

    @Test
    void an_objective_without_lessons_is_done_as_its_requirement_says() {
        elements.addAll(List.of(unit("A1", ""), unit("A2", "J5")));
        objectives.add(objective("J5"));
        requirements.add(new Requirement("J5", "A1=passed", "passed"));
        statuses.put("A1", "completed");
        assertThat(open()).containsExactly("A1");
        statuses.put("A1", "passed");
        assertThat(open()).containsExactly("A1", "A2");
    }

    @Test
    void what_cannot_be_read_or_done_is_left_out_and_told() {
        elements.addAll(List.of(unit("A1", "J7"), unit("A2", "J8"), unit("A3", "J3")));
        objectives.add(objective("J8"));
        objectives.add(objective("J3", "A3"));
        requirements.add(new Requirement("A1", "A2 &", "passed"));
        requirements.add(new Requirement("A1", "ghost", "passed"));
        requirements.add(new Requirement("A1", "ghost | A2", "passed"));
        assertThat(open()).containsExactly("A1", "A2", "A3");
        assertThat(codes())
                .containsExactly(
                        "requirement-unreadable",
                        "dangling-reference",
                        "dangling-reference",
                        "dangling-reference",
                        "dangling-reference",
                        "cyclic-reference");
        assertThat(warnings.list().getFirst().place()).contains("x.crs (A1)");
    }

    @Test
    void requirements_in_a_circle_come_to_an_end_and_are_told() {
        elements.addAll(List.of(unit("A1", ""), unit("A2", ""), unit("A3", "A1")));
        requirements.add(new Requirement("A1", "A2", "passed"));
        requirements.add(new Requirement("A2", "A1", "passed"));
        assertThat(open()).containsExactly("A1", "A2");
        statuses.put("A2", "completed");
        assertThat(open()).containsExactly("A1", "A2", "A3");
        assertThat(codes()).containsOnly("cyclic-reference");
    }

    @Test
    void an_objective_that_consists_of_itself_comes_to_an_end() {
        elements.addAll(List.of(unit("A1", ""), unit("A2", "J1")));
        objectives.add(objective("J1", "J2", "A1"));
        objectives.add(objective("J2", "J1"));
        assertThat(open()).containsExactly("A1");
        assertThat(codes()).containsExactly("cyclic-reference", "cyclic-reference");
        statuses.put("A1", "passed");
        assertThat(open()).containsExactly("A1", "A2");
    }

    @Test
    void large_blocks_that_complete_each_other_take_no_more_memory_than_their_units() {
        var blocks = List.of("B1", "B2");
        for (var block : blocks) {
            var units = new ArrayList<Element>();
            for (int n = 0; n < 4_000; n++) {
                units.add(unit(block + "-" + n, ""));
                requirements.add(new Requirement(block + "-" + n, "B1", "passed"));
            }
            elements.add(new Element(block, block, Optional.empty(), Optional.empty(), units));
        }
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        read();
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(200L << 20);
        assertThat(codes()).containsOnly("cyclic-reference");
        assertThat(warnings.list().getLast().message()).contains("3980 more");
    }

    @Test
    void a_chain_of_thousands_of_requirements_is_decided_quickly() {
        for (int n = 0; n < 5_000; n++) {
            objectives.add(objective("J" + n));
            requirements.add(
                    new Requirement("J" + n, "J%d & J%d | A1".formatted(n + 1, n + 1), "passed"));
        }
        objectives.add(objective("J5000", "A1"));
        elements.addAll(List.of(unit("A1", ""), unit("A2", "J0")));
        assertThat(open()).containsExactly("A1");
        statuses.put("A1", "passed");
        assertThat(open()).containsExactly("A1", "A2");
    }

    @Test
    void whatever_logic_a_course_has_all_of_it_can_be_opened() {
        for (int seed = 0; seed < 300; seed++) {
            var random = new Random(seed);
            generate(random, 2 + random.nextInt(8));
            for (int n = 0; n < elements.size() + 1; n++) {
                open().forEach(item -> statuses.put(item, "completed"));
            }
            assertThat(open()).as("seed " + seed).hasSize(elements.size());
        }
    }

    /// Everything may wait for everything; requirements only add to what is done.
    private void generate(Random random, int size) {
        List.of(elements, objectives, requirements).forEach(List::clear);
        List.of(statuses, reported).forEach(Map::clear);
        for (int n = 0; n < size; n++) {
            elements.add(
                    unit(
                            "A" + n,
                            any(random, size)
                                    + (random.nextBoolean() ? " & " : " | ")
                                    + any(random, size)));
            objectives.add(objective("J" + n, any(random, size), any(random, size)));
            requirements.add(new Requirement(any(random, size), any(random, size), "passed"));
        }
    }

    private static String any(Random random, int size) {
        return (random.nextBoolean() ? "A" : "J") + random.nextInt(size);
    }

    private Aicc course() {
        var logic = new Logic(objectives, requirements);
        return new Aicc(Optional.empty(), "C", Map.of(), elements, logic);
    }

    private Prerequisites read() {
        warnings = new Warnings();
        return Prerequisites.of(course(), warnings, "x.crs").reported(reported);
    }

    private List<String> open() {
        var read = read();
        return course().outline().stream()
                .map(OutlineLine::identifier)
                .filter(item -> read.isOpen(item, this::status))
                .toList();
    }

    private String status(String item) {
        return statuses.getOrDefault(item, "not attempted");
    }

    private List<String> codes() {
        return warnings.list().stream().map(PackageWarning::code).toList();
    }

    private static Element unit(String id, String script) {
        var data =
                new LaunchData(
                        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        return new Element(
                id,
                id,
                Optional.of(script).filter(text -> !text.isEmpty()),
                Optional.of(new Unit("a.html", data, List.of(), Optional.empty())),
                List.of());
    }

    private static Element block(String id, Element... members) {
        return new Element(id, id, Optional.empty(), Optional.empty(), Arrays.asList(members));
    }

    private static Objective objective(String id, String... parts) {
        return new Objective(id, Optional.empty(), List.of(parts));
    }
}
