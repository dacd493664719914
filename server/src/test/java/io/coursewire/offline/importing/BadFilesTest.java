package io.coursewire.offline.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coursewire.attempts.AttemptFilter;
import io.coursewire.attempts.ReadAttempts;
import io.coursewire.kernel.InvalidInput;
import io.coursewire.offline.exporting.ExportAttempts;
import io.coursewire.offline.importing.Imports.RowVerdict;
import io.coursewire.offline.mapping.RowFault;
import io.coursewire.offline.reading.FileForm;
import io.coursewire.offline.reading.UnreadableFile;
import io.coursewire.storage.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.dhatim.fastexcel.Workbook;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Files that are broken, hostile or wrong: refused whole or row by row, with the remedy, and nothing else lost.
class BadFilesTest {
    @RegisterExtension static final TestDatabase db = TestDatabase.migrated();

    private static final Options SILENT = new Options(false, Policy.KEEP, false, true, true, 0);
    private static final String HEADER =
            "username,itemExternalId,status,scoreScaled,completedDateTime\n";
    private static final String GOOD = "ada,sco-0,passed,0.5,2026-11-20\n";
    private static final String SHEET = "xl/worksheets/sheet1.xml";

    @TempDir Path data;
    private ImportScene scene;

    @BeforeEach
    void aScene() {
        scene = new ImportScene(db.jdbi(), data);
    }

    private Import run(byte[] file, FileForm form) {
        return scene.finish(scene.submit(file, form, SILENT, "{}"));
    }

    private Import ndjson(String text) {
        return run(text.getBytes(StandardCharsets.UTF_8), FileForm.NDJSON);
    }

    private List<String> verdicts(Import done) {
        return scene.rows(done).stream().map(RowVerdict::verdict).toList();
    }

    private RowFault only(String csvRow) {
        var done = scene.run(HEADER + csvRow + GOOD, SILENT);
        assertThat(verdicts(done)).containsExactly("refused", "created");
        return scene.rows(done).getFirst().faults().getFirst();
    }

    @Test
    void a_row_with_more_cells_than_the_header_has_is_refused() {
        assertThat(only("ada,sco-0,passed,0,5,2026-11-20\n").message())
                .contains("has 6 cells where the header has 5")
                .contains("Quote cells");
    }

    @Test
    void a_file_that_ends_within_a_row_loses_that_row_alone() {
        var done = scene.run(HEADER + GOOD + "ada,sco-1,passed,0", SILENT);
        assertThat(verdicts(done)).containsExactly("created", "refused");
        assertThat(scene.rows(done).getLast().faults().getFirst().message()).contains("breaks off");
        var whole = scene.run("username,itemExternalId,status\nada,sco-1,passed", SILENT);
        assertThat(verdicts(whole)).containsExactly("created");
        var attempt = scene.attempts().getFirst().toString();
        var half = ndjson(attempt + "\n" + attempt.substring(0, attempt.length() / 2));
        assertThat(verdicts(half)).containsExactly("unchanged", "refused");
        assertThat(scene.rows(half).getLast().faults().getFirst().message())
                .startsWith("is no JSON");
    }

    @Test
    void what_is_no_text_is_no_ndjson() {
        for (var bytes : List.of(new byte[] {1, 0, 2}, "{}".getBytes(StandardCharsets.UTF_16))) {
            assertThatThrownBy(() -> scene.submit(bytes, FileForm.NDJSON, SILENT, "{}"))
                    .isInstanceOf(UnreadableFile.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-02-30",
                "2026-02-29",
                "31.04.2026 10:00",
                "2026-11-20 25:00",
                "2026-13-01",
                "0000-00-00",
                "1899-12-31",
                "20.11.2026 16:61",
                "yesterday",
                "46000.5"
            })
    void a_date_that_is_none_is_refused(String date) {
        assertThat(only("ada,sco-0,passed,0.5," + date + "\n"))
                .extracting(RowFault::column, RowFault::value)
                .containsExactly("completedDateTime", date);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.2", "-0.1", "120%", "85", "1e9", "NaN"})
    void a_score_out_of_range_is_refused(String score) {
        assertThat(only("ada,sco-0,passed," + score + ",2026-11-20\n"))
                .extracting(RowFault::column, RowFault::value)
                .containsExactly("scoreScaled", score);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e-2000000000", "1e2000000000", "1e-99999"})
    void a_number_far_from_the_point_costs_its_row_alone(String number) throws IOException {
        var good = scene.run(HEADER + GOOD, SILENT);
        assertThat(verdicts(good)).containsExactly("created");
        var attempt = scene.attempts().getFirst().toString();
        var score = "\"scoreRaw\":" + number;
        var far = attempt.replaceFirst("\"scoreRaw\":[^,}]*", score);
        assertThat(far).contains(score);
        var statement =
                """
                {"actor":{"account":{"name":"ada"}},"verb":{"id":"http://adlnet.gov/expapi/verbs/passed"},\
                "timestamp":"2026-11-20T16:00:00Z","object":{"id":"sco-1"},"result":{"score":{"raw":%s}}}
                """
                        .formatted(number);
        assertThat(verdicts(ndjson(far + "\n" + attempt))).containsExactly("refused", "unchanged");
        assertThat(verdicts(ndjson(statement + attempt))).containsExactly("refused", "unchanged");
        assertThat(verdicts(run(scores(number, "0.5"), FileForm.XLSX)))
                .containsExactly("refused", "created");
    }

    /// A workbook of Ada's scores at the first item.
    private byte[] scores(String... numbers) throws IOException {
        var rows = new StringBuilder(cells("username", "itemExternalId", "status", "scoreScaled"));
        for (var number : numbers) {
            rows.append(
                    cells("ada", "sco-0", "passed")
                            .replace("</row>", "<c><v>" + number + "</v></c></row>"));
        }
        return sheet(rows.toString());
    }

    private static String cells(String... texts) {
        return Stream.of(texts)
                .map(text -> "<c t=\"inlineStr\"><is><t>" + text + "</t></is></c>")
                .collect(Collectors.joining("", "<row>", "</row>"));
    }

    @ParameterizedTest
    @CsvSource({"pased,passed", "complete,completed", "not startd,notStarted", "Faild,failed"})
    void an_unknown_status_is_refused_with_the_nearest_known_one(String word, String nearest) {
        assertThat(only("ada,sco-0," + word + ",0.5,2026-11-20\n").message())
                .contains("Did you mean \"" + nearest + "\"?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=cmd|'/c calc'!A1", "+SUM(1;2)", "-2+3", "@import", "'=x", "\t=1"})
    void what_a_spreadsheet_would_run_is_neutral_in_an_export_and_comes_back_unchanged(String text)
            throws IOException {
        var name = text.strip();
        var csv =
                "username,itemExternalId,itemTitle,status\n\"%s\",\"%s\",\"%s\",passed\n"
                        .formatted(guarded(name), guarded(name), guarded(name));
        assertThat(verdicts(scene.run(csv, SILENT))).containsExactly("created");
        var out = new ByteArrayOutputStream();
        new ExportAttempts(new ReadAttempts(db.jdbi()))
                .write(scene.client, AttemptFilter.ALL, FileForm.CSV, out);
        var exported = out.toString(StandardCharsets.UTF_8);
        assertThat(exported).contains("," + guarded(name) + ",");
        var cells = exported.lines().skip(1).findFirst().orElseThrow().split(",");
        assertThat(cells).noneMatch(cell -> cell.matches("\"?[=+@-].*"));
        var other = new ImportScene(db.jdbi(), data);
        other.finish(other.submit(out.toByteArray(), FileForm.CSV, SILENT, "{}"));
        var attempt = other.attempts().getFirst();
        assertThat(attempt.at("/user/username").asString()).isEqualTo(name);
        assertThat(attempt.at("/item/externalId").asString()).isEqualTo(name);
        assertThat(attempt.at("/item/title").asString()).isEqualTo(name);
    }

    private static String guarded(String text) {
        return "'" + text;
    }

    @Test
    void cells_of_ten_megabytes_are_refused_in_every_form() throws IOException {
        var large = "x".repeat(10 << 20);
        var good =
                "{\"user\":{\"username\":\"ada\"},\"item\":{\"externalId\":\"sco-0\"},\"status\":\"passed\"}\n";
        var json = ndjson(good.replace("sco-0", large) + good);
        assertThat(verdicts(json)).containsExactly("refused", "created");
        var xlsx =
                sheet(
                        "<row r=\"1\">%s%s%s</row><row r=\"2\">%s%s%s</row><row r=\"3\">%s%s%s</row>"
                                .formatted(
                                        cell("A1", "username"),
                                        cell("B1", "itemExternalId"),
                                        cell("C1", "status"),
                                        cell("A2", "ada"),
                                        cell("B2", large),
                                        cell("C2", "passed"),
                                        cell("A3", "ada"),
                                        cell("B3", "sco-1"),
                                        cell("C3", "passed")));
        assertThat(verdicts(run(xlsx, FileForm.XLSX))).containsExactly("refused", "created");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2000000000", "-1", "x"})
    void a_cell_that_names_a_text_which_is_not_there_makes_the_workbook_unreadable(String index)
            throws IOException {
        refused(
                sheet("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>%s</v></c></row>".formatted(index)),
                "a cell names a text");
    }

    @Test
    void a_cell_beyond_the_last_column_makes_the_workbook_unreadable() throws IOException {
        refused(
                sheet("<row r=\"1\">" + cell("ZZZZZZ1", "username") + "</row>"),
                "no place in a sheet");
    }

    @Test
    void what_is_no_sheet_may_hold_what_is_no_xml() throws IOException {
        var drawing = "<xml><div>a<br>b&nbsp;</div></xml>".getBytes(StandardCharsets.UTF_8);
        var book = workbook("xl/drawings/vmlDrawing1.vml", drawing, 1);
        // It was read: what it lacks are columns.
        assertThatThrownBy(() -> scene.submit(book, FileForm.XLSX, SILENT, "{}"))
                .isInstanceOf(InvalidInput.class);
    }

    private static String cell(String place, String text) {
        return "<c r=\"%s\" t=\"inlineStr\"><is><t>%s</t></is></c>".formatted(place, text);
    }

    private byte[] sheet(String rows) throws IOException {
        return workbook(
                SHEET,
                ("<?xml version=\"1.0\"?><worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>"
                                + rows
                                + "</sheetData></worksheet>")
                        .getBytes(StandardCharsets.UTF_8),
                1);
    }

    /// A workbook in which one part is so many times these bytes.
    private byte[] workbook(String part, byte[] bytes, int times) throws IOException {
        var honest = data.resolve("honest.xlsx");
        try (var workbook = new Workbook(Files.newOutputStream(honest), "test", "1.0")) {
            workbook.newWorksheet("results").value(0, 0, "username");
        }
        var out = new ByteArrayOutputStream();
        try (var from = new ZipFile(honest.toFile());
                var to = new ZipOutputStream(out)) {
            to.setLevel(Deflater.BEST_SPEED);
            for (var entry : from.stream().toList()) {
                if (!entry.getName().equals(part)) {
                    to.putNextEntry(new ZipEntry(entry.getName()));
                    from.getInputStream(entry).transferTo(to);
                }
            }
            to.putNextEntry(new ZipEntry(part));
            for (int i = 0; i < times; i++) {
                to.write(bytes);
            }
        }
        return out.toByteArray();
    }

    private void refused(byte[] workbook, String why) {
        assertThatThrownBy(() -> scene.submit(workbook, FileForm.XLSX, SILENT, "{}"))
                .isInstanceOf(UnreadableFile.class)
                .hasMessageContaining(why);
    }

    @Test
    void parts_that_are_kept_in_memory_cannot_be_bombs() throws IOException {
        for (var part : List.of("xl/styles.xml", "xl/workbook.xml", "xl/sharedStrings.xml")) {
            refused(workbook(part, new byte[1 << 20], 65), "more than");
        }
        var many = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(many)) {
            zip.putNextEntry(new ZipEntry("xl/workbook.xml"));
            for (int i = 0; i < 2_000; i++) {
                zip.putNextEntry(new ZipEntry("xl/media/" + i));
            }
        }
        refused(many.toByteArray(), "parts; at most");
    }

    @Test
    @Tag("slow")
    void a_sheet_cannot_be_a_bomb() throws IOException {
        refused(workbook(SHEET, new byte[1 << 20], 2_049), "unpacks to more than");
    }

    @Test
    void entities_of_xml_are_not_expanded() throws IOException {
        var laughs =
                """
                <?xml version="1.0"?><!DOCTYPE s [<!ENTITY a "%s">%s]>
                <worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
                <row r="1"><c r="A1" t="inlineStr"><is><t>&h;</t></is></c></row></sheetData></worksheet>
                """
                        .formatted("x".repeat(1_000), nested());
        assertThatThrownBy(
                        () ->
                                scene.submit(
                                        workbook(SHEET, laughs.getBytes(StandardCharsets.UTF_8), 1),
                                        FileForm.XLSX,
                                        SILENT,
                                        "{}"))
                .isInstanceOf(UnreadableFile.class);
    }

    private static String nested() {
        var entities = new StringBuilder();
        for (char name = 'b'; name <= 'h'; name++) {
            entities.append("<!ENTITY ").append(name).append(" \"");
            entities.append(("&" + (char) (name - 1) + ";").repeat(10)).append("\">");
        }
        return entities.toString();
    }
}
