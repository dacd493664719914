package io.coursewire.offline.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coursewire.offline.reading.FileForm;
import io.coursewire.offline.reading.UnreadableFile;
import io.coursewire.storage.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Workbooks, honest ones and others.
class WorkbookTest {
    @RegisterExtension static final TestDatabase db = TestDatabase.migrated();

    private static final Options SILENT = new Options(false, Policy.KEEP, false, false, false, 0);

    @TempDir Path data;
    private ImportScene scene;

    @BeforeEach
    void aScene() {
        scene = new ImportScene(db.jdbi(), data);
    }

    private static byte[] workbook(Consumer<Worksheet> rows) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var workbook = new Workbook(out, "test", "1.0")) {
            var sheet = workbook.newWorksheet("results");
            var header =
                    new String[] {
                        "Username",
                        "Item external ID",
                        "Status",
                        "Score scaled",
                        "Completed date time"
                    };
            for (int column = 0; column < header.length; column++) {
                sheet.value(0, column, header[column]);
            }
            rows.accept(sheet);
        }
        return out.toByteArray();
    }

    private static void row(Worksheet sheet, int row, String status) {
        sheet.value(row, 0, "ada");
        sheet.value(row, 1, "sco-0");
        sheet.value(row, 2, status);
    }

    private Import run(byte[] file) {
        return scene.finish(
                scene.submit(file, FileForm.XLSX, SILENT, "{\"timeZone\":\"Europe/Berlin\"}"));
    }

    @Test
    void numbers_and_dates_are_what_their_formats_say() throws IOException {
        var file =
                workbook(
                        sheet -> {
                            row(sheet, 1, "passed");
                            sheet.value(1, 3, 0.7667);
                            sheet.style(1, 3).format("0.0%").set();
                            sheet.value(1, 4, LocalDateTime.parse("2026-11-20T15:30:00"));
                            sheet.style(1, 4).format("dd.mm.yyyy hh:mm").set();
                        });
        assertThat(run(file).counts().created()).isEqualTo(1);
        var attempt = scene.attempts().getFirst();
        assertThat(attempt.get("scoreScaled").decimalValue()).isEqualByComparingTo("0.7667");
        assertThat(attempt.get("completedDateTime").asString()).isEqualTo("2026-11-20T14:30:00");
    }

    @Test
    void a_formula_is_refused_in_its_cell_and_the_other_rows_go_in() throws IOException {
        var file =
                workbook(
                        sheet -> {
                            row(sheet, 1, "passed");
                            sheet.formula(1, 3, "1/2");
                            row(sheet, 2, "failed");
                        });
        var done = run(file);
        assertThat(done.counts().created()).isEqualTo(1);
        var refused = scene.rows(done).getFirst();
        assertThat(refused.line()).isEqualTo(2);
        assertThat(refused.faults().getFirst().column()).isEqualTo("Score scaled");
        assertThat(refused.faults().getFirst().message()).contains("formula");
    }

    @Test
    void macros_bombs_and_other_files_are_refused_whole() throws IOException {
        refused(zip("xl/workbook.xml", "xl/vbaProject.bin"), "macros");
        refused(zip("index.html"), "no .xlsx workbook");
        refused("username;status".getBytes(StandardCharsets.UTF_8), "no .xlsx workbook");
        refused(
                new byte[] {
                    (byte) 0xd0,
                    (byte) 0xcf,
                    0x11,
                    (byte) 0xe0,
                    (byte) 0xa1,
                    (byte) 0xb1,
                    0x1a,
                    (byte) 0xe1
                },
                "old .xls");
        var whole = workbook(sheet -> row(sheet, 1, "passed"));
        refused(Arrays.copyOf(whole, whole.length / 2), "no .xlsx workbook");
        refused(bomb(), "more than");
        assertThat(scene.attempts()).isEmpty();
    }

    private void refused(byte[] file, String why) {
        assertThatThrownBy(() -> scene.submit(file, FileForm.XLSX, SILENT, "{}"))
                .isInstanceOf(UnreadableFile.class)
                .hasMessageContaining(why);
    }

    private static byte[] zip(String... names) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            for (var name : names) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write('x');
            }
        }
        return out.toByteArray();
    }

    private static byte[] bomb() throws IOException {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            zip.setLevel(Deflater.BEST_SPEED);
            zip.putNextEntry(new ZipEntry("xl/workbook.xml"));
            zip.putNextEntry(new ZipEntry("xl/sharedStrings.xml"));
            var zeros = new byte[1 << 20];
            for (int megabytes = 0; megabytes < 65; megabytes++) {
                zip.write(zeros);
            }
        }
        return out.toByteArray();
    }
}
