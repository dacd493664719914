package io.coursewire.packages.aicc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.groups.Tuple.tuple;

import io.coursewire.packages.Aicc;
import io.coursewire.packages.Aicc.Objective;
import io.coursewire.packages.Aicc.Requirement;
import io.coursewire.packages.OutlineLine;
import io.coursewire.packages.PackageLimits;
import io.coursewire.packages.PackageRefused;
import io.coursewire.packages.PackageWarning;
import io.coursewire.packages.ReadPackage;
import io.coursewire.packages.Warnings;
import io.coursewire.packages.ZipBuilder;
import io.coursewire.packages.zip.ZipArchive;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// AICC course files as tools write them.
class ReadAiccTest {
    private static final String AU =
            "\"system_id\",\"type\",\"file_name\",\"mastery_score\",\"max_time_allowed\",\"time_limit_action\",\"core_vendor\",\"web_launch\"\r\n";

    @TempDir Path folder;
    private final Warnings warnings = new Warnings();
    private final Map<String, byte[]> files = new LinkedHashMap<>();

    private void file(String name, String text) {
        files.put(name, text.getBytes(Charset.forName("windows-1252")));
    }

    private void course(String units, String structure) {
        file("x.crs", "[Course]\r\nCourse_ID=C-7\r\nCourse_Title = Größe\r\n[Course_Behavior]\r\n");
        file("x.au", AU + units);
        file("x.des", "title,system_id\r\nFirst,A1\r\n\"Second, \"\"part\"\"\",a2\r\nBlock,B1\r\n");
        file("x.cst", structure);
        file("a.html", "x");
    }

    @Test
    void a_course_of_blocks_and_units_is_read() {
        course(
                "A1,lesson,a.html,80,00:30:00,\"E,N\",vendor,k=v\r\nA2,lesson,a.html\r\n",
                "block,member,member\r\nroot,A1,B1\r\nB1,A2\r\n");
        var course = read();
        assertThat(course.externalId()).isEqualTo("C-7");
        assertThat(course.manifestIdentifier()).contains("C-7");
        assertThat(course.titles()).containsEntry("und", "Größe");
        assertThat(course.outline())
                .extracting(
                        OutlineLine::identifier,
                        line -> line.titles().get("und"),
                        OutlineLine::level,
                        OutlineLine::launchable)
                .containsExactly(
                        tuple("A1", "First", 0, true),
                        tuple("B1", "Block", 0, false),
                        tuple("A2", "Second, \"part\"", 1, true));
        assertThat(course.href("A1")).contains("a.html?k=v");
        var launchData = course.element("A1").orElseThrow().unit().orElseThrow().launchData();
        assertThat(launchData.masteryScore()).contains(new BigDecimal("80"));
        assertThat(launchData.maxTimeAllowed()).contains("00:30:00");
        assertThat(launchData.timeLimitAction()).contains("exit,no message");
        assertThat(launchData.coreVendor()).contains("vendor");
        assertThat(warnings.list()).isEmpty();
    }

    @Test
    void more_members_than_the_header_names_are_members() {
        course("A1,,a.html\nA2,,a.html\n", "\"block\",\"member\"\n\"ROOT\",\"A1\",\"A2\"\n");
        assertThat(read().outline()).hasSize(2);
    }

    @Test
    void content_of_another_server_is_opened_there() {
        course("A1,,http://example.org/au?x=y z\n", "block,member\nroot,A1\n");
        assertThat(read().href("A1")).contains("http://example.org/au?x=y%20z");
        assertThat(warnings.list()).isEmpty();
    }

    @Test
    void what_no_database_takes_is_no_text_of_the_course() {
        course("A1,,a.html\n", "block,member\nroot,A1\n");
        file("x.des", "title,system_id\r\nOne\0two,A1\r\n");
        assertThat(read().outline().getFirst().titles()).containsValue("Onetwo");
    }

    @Test
    void an_id_beyond_the_limit_is_refused() {
        var id = "A".repeat(6_000);
        course(id + ",,a.html\n", "block,member\nroot," + id + "\n");
        assertThat(refused()).isEqualTo("identifier-too-long");
    }

    @Test
    void a_mark_before_a_legacy_text_is_no_text() {
        course("A1,,a.html\n", "block,member\nroot,A1\n");
        file("x.crs", "ï»¿[Course]\r\nCourse_ID=C-7\r\nCourse_Title = Größe\r\n");
        assertThat(read().titles()).containsValue("Größe");
    }

    @Test
    void prerequisites_come_from_either_file() {
        course("A1,,a.html\nA2,,a.html\n", "block,member\nroot,A1,A2\n");
        file("x.pre", "structure_element,prerequisite\nA2,A1\n");
        assertThat(read().element("A2").orElseThrow().prerequisites()).contains("A1");
    }

    @Test
    void objectives_are_those_of_the_relation_file() {
        course("A1,,a.html\n", "block,member\nroot,A1\n");
        file("x.ort", "course_element,member,member\nA1,J1,J2\n");
        assertThat(read().element("A1").orElseThrow().unit().orElseThrow().objectives())
                .containsExactly("J1", "J2");
    }

    @Test
    void objectives_are_what_the_relation_file_says_and_are_called_as_the_descriptors_say() {
        course("A1,,a.html\nA2,,a.html\n", "block,member\nroot,A1,A2\n");
        file("x.des", "system_id,developer_id,title\nA1,d1,First\nA2,d2,Second\nJ1,obj-1,Aim\n");
        file("x.ort", "course_element,member,member\nA1,J1,j2\nA2,J1\nJ9,J1,J2\n");
        assertThat(read().logic().objectives())
                .containsExactly(
                        new Objective("J1", Optional.of("obj-1"), List.of("A1", "A2")),
                        new Objective("J2", Optional.empty(), List.of("A1")),
                        new Objective("J9", Optional.empty(), List.of("J1", "J2")));
        assertThat(warnings.list()).isEmpty();
    }

    @Test
    void a_relation_file_of_other_tools_names_objectives_first() {
        course("A1,,a.html\n", "block,member\nroot,A1\n");
        file("x.ort", "objective_id,objective_description,au_system_id\nAIM,x,A1\n");
        assertThat(read().logic().objectives())
                .containsExactly(new Objective("AIM", Optional.empty(), List.of("A1")));
    }

    @Test
    void a_unit_waits_for_objectives_and_for_what_its_objectives_wait_for() {
        course("A1,,a.html\nA2,,a.html\nA3,,a.html\n", "block,member\nroot,A1,A2,A3\n");
        file("x.des", "system_id,title\nA1,a\nA2,b\nA3,c\n");
        file("x.ort", "course_element,member\nA1,J1\nA2,J2\n");
        file("x.pre", "structure_element,prerequisite\nA3,J1|J2\nA3,A2\nJ2,J1\nJ7,A1\nA9,A1\n");
        var course = read();
        assertThat(course.prerequisites())
                .containsExactlyInAnyOrderEntriesOf(Map.of("A2", "J1", "A3", "(J1|J2)&(A2)"));
        assertThat(warnings.list())
                .extracting(PackageWarning::code, warning -> warning.place().orElseThrow())
                .containsExactly(
                        tuple("dangling-reference", "x.pre (line 5)"),
                        tuple("dangling-reference", "x.pre (line 6)"));
    }

    @Test
    void requirements_for_completion_are_read() {
        course("A1,,a.html\nA2,,a.html\n", "block,member\nroot,A1,B1\nB1,A2\n");
        file(
                "x.cmp",
                "\"Structure_Element\",\"Requirement\",\"Result\",\"Next\",\"Return\"\r\n"
                        + "\"b1\",\"A2=\"\"passed\"\"\",\"P\",\"\",\"\"\r\n"
                        + "J3,A1 & A2,Completed\r\n");
        var logic = read().logic();
        assertThat(logic.requirements())
                .containsExactly(
                        new Requirement("B1", "A2=\"passed\"", "passed"),
                        new Requirement("J3", "A1 & A2", "completed"));
        assertThat(logic.objectives())
                .containsExactly(new Objective("J3", Optional.empty(), List.of()));
        assertThat(warnings.list()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "A1,A2,sometimes | bad-value",
                "A1,A2,          | bad-value",
                "A1,,passed      | bad-value",
                ",A2,passed      | bad-value",
                "ROOT,A1,passed  | completion-requirements",
                "A9,A1,passed    | completion-requirements",
                "A1,A2 &,passed  | requirement-unreadable",
                "A1,A9,passed    | dangling-reference",
                "A1,A2,passed,A2 | branching",
            })
    void a_requirement_that_cannot_be_used_is_told_with_its_place(String row, String code) {
        course("A1,,a.html\nA2,,a.html\n", "block,member\nroot,A1,A2\n");
        file("x.cmp", "structure_element,requirement,result,next,return\n" + row + "\n");
        assertThat(read().outline()).hasSize(2);
        assertThat(codes()).isEqualTo(code);
        assertThat(warnings.list().getFirst().place()).isPresent();
    }

    @Test
    void more_requirements_than_the_limit_are_refused() {
        course("A1,,a.html\n", "block,member\nroot,A1\n");
        file(
                "x.cmp",
                "structure_element,requirement,result\n"
                        + "J1,A1,p\n".repeat(PackageLimits.ITEMS_MAX + 1));
        assertThat(refused()).isEqualTo("too-many-items");
    }

    @Test
    void optional_files_of_nonsense_stop_nothing() {
        course("A1,,a.html\n", "block,member\nroot,A1\n");
        for (var name : List.of("x.ort", "x.pre", "x.cmp")) {
            file(name, "\u0000\u0001\"\",,,\n\"never closed");
        }
        assertThat(read().outline()).hasSize(1);
    }

    @Test
    void a_password_is_the_units() {
        file("x.crs", "[Course]\r\nCourse_ID=C-7\r\n");
        file("x.au", "system_id,file_name,au_password\nA1,a.html,sesame\nA2,a.html,\"\"\n");
        file("x.cst", "block,member\nroot,A1,A2\n");
        file("a.html", "x");
        var course = read();
        assertThat(course.element("A1").orElseThrow().unit().orElseThrow().password())
                .contains("sesame");
        assertThat(course.element("A2").orElseThrow().unit().orElseThrow().password()).isEmpty();
    }

    @Test
    void a_structure_that_contains_itself_comes_to_an_end() {
        course("A1,,a.html\n", "block,member\nroot,B1\nB1,B2\nB2,B1\nB2,A1\n");
        assertThat(read().outline())
                .extracting(OutlineLine::identifier)
                .containsExactly("B1", "B2", "A1");
        assertThat(codes()).isEqualTo("no-title,duplicate-identifier");
    }

    @Test
    void a_unit_described_twice_is_the_first_and_that_is_told_with_its_place() {
        course("A1,,a.html\nA1,,b.html\n", "block,member\nroot,A1\n");
        assertThat(read().href("A1")).contains("a.html");
        assertThat(warnings.list())
                .extracting(PackageWarning::code, warning -> warning.place().orElseThrow())
                .containsExactly(tuple("duplicate-identifier", "x.au (line 3)"));
    }

    @Test
    void a_unit_that_the_structure_lacks_is_added() {
        course("A1,,a.html\nA2,,a.html\n", "block,member\nroot,A1\n");
        assertThat(read().outline()).hasSize(2);
        assertThat(codes()).isEqualTo("not-in-structure");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "A1,,a.html,eighty      | bad-value",
                "A1,,a.html,,soon       | bad-value",
                "A1,,a.html,,,x         | bad-value",
                "A1,,a.html,,00:00:00   | ''",
            })
    void a_value_that_is_none_is_left_out_with_a_warning(String unit, String code) {
        course(unit, "block,member\nroot,A1\n");
        assertThat(read().href("A1")).isPresent();
        assertThat(codes()).isEqualTo(code);
    }

    @Test
    void a_course_without_its_files_is_refused() {
        course("A1,,a.html\n", "");
        files.remove("x.cst");
        assertThat(refused()).isEqualTo("missing-course-file");
    }

    @Test
    void a_course_that_opens_nothing_is_refused() {
        course("A1,,missing.html\n", "block,member\nroot,A1\n");
        assertThat(refused()).isEqualTo("nothing-to-open");
    }

    private Aicc read() {
        var zip = new ZipBuilder();
        files.forEach(zip::file);
        var file = zip.writeTo(folder.resolve("x.zip"));
        try (var archive = ZipArchive.open(file, PackageLimits.DEFAULT, warnings)) {
            return (Aicc) new ReadPackage(archive, warnings).read().content();
        }
    }

    private String refused() {
        return catchThrowableOfType(PackageRefused.class, this::read).code();
    }

    private String codes() {
        return String.join(",", warnings.list().stream().map(PackageWarning::code).toList());
    }
}
