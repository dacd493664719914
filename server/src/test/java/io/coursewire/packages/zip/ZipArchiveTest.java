package io.coursewire.packages.zip;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.coursewire.packages.PackageLimits;
import io.coursewire.packages.PackageRefused;
import io.coursewire.packages.PackageWarning;
import io.coursewire.packages.Warnings;
import io.coursewire.packages.ZipBuilder;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a zip may be, and what it may not.
class ZipArchiveTest {
    private static final PackageLimits LIMITS =
            new PackageLimits(1 << 20, 64 << 20, 40 << 20, 20, 200, 0);

    @TempDir Path folder;
    private List<String> links = List.of();
    private final Warnings warnings = new Warnings();

    @Test
    void a_sound_zip_gives_its_files_with_their_bytes() {
        var zip = new ZipBuilder().file("a.txt", "one").file("b/c.txt", "two").folder("d/");
        assertThat(read(zip))
                .containsExactly(Map.entry("a.txt", "one"), Map.entry("b/c.txt", "two"));
        assertThat(warnings.list()).isEmpty();
    }

    @Test
    void a_zip_of_the_jdk_whose_sizes_follow_the_data_is_read() throws IOException {
        var file = folder.resolve("jdk.zip");
        try (var out = new ZipOutputStream(Files.newOutputStream(file))) {
            out.putNextEntry(new ZipEntry("a.txt"));
            out.write("one".getBytes(UTF_8));
            out.putNextEntry(new ZipEntry("b.txt"));
            out.write("two".getBytes(UTF_8));
        }
        assertThat(read(file)).containsOnlyKeys("a.txt", "b.txt").containsValues("one", "two");
    }

    @Test
    void zip64_is_read() {
        assertThat(read(new ZipBuilder().file("a.txt", "one").file("b", "").zip64()))
                .containsExactly(Map.entry("a.txt", "one"), Map.entry("b", ""));
    }

    @Test
    void stored_entries_are_read() {
        byte[] data = "as it is".getBytes(UTF_8);
        var zip = new ZipBuilder().bent("a", data, ZipBuilder.stored(data));
        assertThat(read(zip)).containsExactly(Map.entry("a", "as it is"));
    }

    @Test
    void backslashes_are_read_as_slashes_with_a_warning() {
        assertThat(read(new ZipBuilder().file("a\\b.txt", "x").folder("c\\")))
                .containsOnlyKeys("a/b.txt");
        assertThat(warnings.list()).extracting(PackageWarning::code).contains("backslash");
    }

    @Test
    void names_are_made_plain() {
        assertThat(read(new ZipBuilder().file("./a//b/./c.txt", "x")))
                .containsOnlyKeys("a/b/c.txt");
    }

    @Test
    void names_in_a_legacy_code_page_are_read_with_a_warning() {
        assertThat(read(named("Ümlaut.txt".getBytes(Charset.forName("IBM437")))))
                .containsOnlyKeys("Ümlaut.txt");
        assertThat(warnings.list()).extracting(PackageWarning::code).containsExactly("legacy-name");
    }

    @ParameterizedTest
    @CsvSource({
        "IBM437, Größe/Übung.html",
        "IBM850, Ações/Ícone.html",
        "IBM852, Česká/Příklad.html",
        "IBM866, Курс/Урок.html",
        "windows-1252, Größe/Übung.html",
        "windows-31j, 表示/ソース表",
        "windows-31j, 日本/表.html",
        "GBK, 课程/练习.html",
        "Big5, 課程/練習.html",
        "x-windows-949, 과정/연습.html",
    })
    void the_code_page_is_the_one_in_which_links_are_found(String page, String path) {
        links = List.of("a.html", path.substring(path.indexOf('/') + 1) + "?x=1", path);
        assertThat(read(named(path.getBytes(Charset.forName(page))))).containsOnlyKeys(path);
        assertThat(warnings.list())
                .singleElement()
                .satisfies(warning -> assertThat(warning.message()).contains(page))
                .satisfies(warning -> assertThat(warning.place()).contains(path));
    }

    @Test
    void names_that_are_one_in_another_code_page_are_refused() {
        links = List.of("É.html");
        var twice = named("É.html".getBytes(Charset.forName("IBM850"))).file("É.html", "Unicode");
        assertThat(refused(twice)).isEqualTo("duplicate-name");
    }

    @Test
    void utf_8_names_without_the_flag_are_read() {
        assertThat(read(named("日本.txt".getBytes(UTF_8)))).containsOnlyKeys("日本.txt");
        assertThat(warnings.list()).isEmpty();
    }

    @Test
    void decomposed_names_are_composed() {
        assertThat(read(new ZipBuilder().file("u\u0308.txt", "x"))).containsOnlyKeys("ü.txt");
    }

    @Test
    void bytes_after_the_end_are_ignored_with_a_warning() {
        assertThat(read(new ZipBuilder().file("a", "x").trailing(new byte[7])))
                .containsOnlyKeys("a");
        assertThat(warnings.list())
                .extracting(PackageWarning::code)
                .containsExactly("trailing-bytes");
    }

    @Test
    void an_empty_file_is_refused() throws IOException {
        assertThat(refused(Files.write(folder.resolve("x"), new byte[0]))).isEqualTo("empty-file");
    }

    @Test
    void what_is_not_a_zip_is_refused() throws IOException {
        var file = Files.writeString(folder.resolve("x"), "<html>This is a page.</html>");
        assertThat(refused(file)).isEqualTo("not-a-zip");
    }

    @Test
    void an_empty_zip_is_refused() {
        assertThat(refused(new ZipBuilder())).isEqualTo("empty-zip");
    }

    @Test
    void a_zip_that_was_cut_short_is_refused() throws IOException {
        byte[] all = new ZipBuilder().file("a", "x".repeat(9_000)).file("b", "y").bytes();
        var file = Files.write(folder.resolve("x"), Arrays.copyOf(all, all.length - 30));
        assertThat(refused(file)).isEqualTo("damaged-zip");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../a", "a/../../b", "..\\a", "/etc/passwd", "\\a", "C:\\a", "c:/a", "C:a"})
    void a_name_that_leaves_the_folder_is_refused(String name) {
        assertThat(refused(new ZipBuilder().file(name, "x"))).isEqualTo("unsafe-path");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\0b", "a\nb", "a\u0085b", ".", ""})
    void a_name_that_is_none_is_refused(String name) {
        assertThat(refused(new ZipBuilder().file("ok", "x").file(name, "x"))).isEqualTo("bad-name");
    }

    @Test
    void a_name_that_claims_to_be_utf_8_and_is_not_is_refused() {
        var zip =
                new ZipBuilder()
                        .bent(
                                "a",
                                "x",
                                entry -> {
                                    entry.name = entry.ownName = new byte[] {(byte) 0xff, 'a'};
                                    entry.flags = 1 << 11;
                                });
        assertThat(refused(zip)).isEqualTo("bad-name");
    }

    @Test
    void symbolic_links_and_special_files_are_refused() {
        assertThat(refused(bent(entry -> entry.mode = 0120777))).isEqualTo("symbolic-link");
        assertThat(refused(bent(entry -> entry.mode = 0010644))).isEqualTo("special-file");
    }

    @Test
    void damage_is_the_senders_fault_by_whatever_method_it_is_compressed() {
        var random = new Random(64);
        byte[] sound = new byte[2_000];
        for (int n = 0; n < sound.length; n++) {
            sound[n] = (byte) (n % 7 * random.nextInt(9));
        }
        for (int round = 0; round < 500; round++) {
            var damaged =
                    new ZipBuilder()
                            .bent(
                                    "a",
                                    sound,
                                    entry -> {
                                        entry.method = entry.ownMethod = 9;
                                        entry.data[random.nextInt(entry.data.length)] ^=
                                                (byte) (1 + random.nextInt(255));
                                    });
            assertThat(refused(damaged)).isEqualTo("damaged-zip");
        }
    }

    @Test
    void a_count_below_zero_is_refused() {
        assertThat(refused(new ZipBuilder().file("a", "x").zip64().countShift(-2)))
                .isEqualTo("damaged-zip");
    }

    @Test
    void two_entries_of_one_name_are_refused() {
        assertThat(refused(new ZipBuilder().file("a", "x").file("a", "y")))
                .isEqualTo("duplicate-name");
        assertThat(refused(new ZipBuilder().file("a/B", "x").file("A/b", "y")))
                .isEqualTo("duplicate-name");
        assertThat(refused(new ZipBuilder().file("a/b", "x").file("a\\b", "y")))
                .isEqualTo("duplicate-name");
        assertThat(refused(new ZipBuilder().file("ü", "x").file("u\u0308", "y")))
                .isEqualTo("duplicate-name");
        assertThat(refused(new ZipBuilder().file("a", "x").file("A/b", "y")))
                .isEqualTo("duplicate-name");
    }

    @Test
    void encrypted_entries_are_refused() {
        assertThat(refused(bent(entry -> entry.flags = 1))).isEqualTo("encrypted");
        assertThat(refused(bent(entry -> entry.method = entry.ownMethod = 99)))
                .isEqualTo("encrypted");
    }

    @Test
    void other_compression_is_refused() {
        assertThat(refused(bent(entry -> entry.method = entry.ownMethod = 12)))
                .isEqualTo("compression-method");
    }

    @Test
    void a_directory_that_disagrees_with_the_entries_is_refused() {
        assertThat(refused(bent(entry -> entry.ownName = "bb".getBytes(UTF_8))))
                .isEqualTo("headers-disagree");
        assertThat(refused(bent(entry -> entry.ownMethod = 0))).isEqualTo("headers-disagree");
        assertThat(refused(bent(entry -> entry.ownSize = 2))).isEqualTo("headers-disagree");
        assertThat(refused(bent(entry -> entry.ownCrc++))).isEqualTo("headers-disagree");
        assertThat(refused(bent(entry -> entry.offsetShift = 1))).isEqualTo("damaged-zip");
    }

    @Test
    void an_entry_that_the_directory_lacks_is_refused() {
        var first = new ZipBuilder().bent("a", "x", e -> e.listed = false).file("b", "y");
        assertThat(refused(first)).isEqualTo("damaged-zip");
        var middle =
                new ZipBuilder()
                        .file("a", "x")
                        .bent("b", "y", entry -> entry.listed = false)
                        .file("c", "z");
        assertThat(refused(middle)).isEqualTo("damaged-zip");
        assertThat(refused(new ZipBuilder().file("a", "x").file("b", "y").countShift(-1)))
                .isEqualTo("damaged-zip");
        assertThat(refused(new ZipBuilder().file("a", "x").countShift(1))).isEqualTo("damaged-zip");
    }

    @Test
    void entries_that_overlap_are_refused() {
        var zip = new ZipBuilder().bent("a", "x", e -> e.compressed += 20).file("b", "y");
        assertThat(refused(zip)).isEqualTo("damaged-zip");
    }

    @Test
    void a_wrong_checksum_is_refused() {
        assertThat(refused(bent(entry -> entry.crc = ++entry.ownCrc))).isEqualTo("damaged-zip");
    }

    @Test
    void real_bytes_count_and_not_declared_ones() {
        var more = new ZipBuilder().bent("a", "x".repeat(100), e -> e.size = e.ownSize = 9);
        assertThat(refused(more)).isEqualTo("damaged-zip");
        var less = new ZipBuilder().bent("a", "x", e -> e.size = e.ownSize = 900);
        assertThat(refused(less)).isEqualTo("damaged-zip");
        var large = new ZipBuilder().file("a", new byte[(40 << 20) + 1]);
        assertThat(refused(large, new PackageLimits(1, 1, 40 << 20, 20, 100_000, 0)))
                .isEqualTo("file-too-large");
    }

    @Test
    void a_zip_bomb_is_refused() {
        assertThat(refused(new ZipBuilder().file("a", new byte[30 << 20]))).isEqualTo("zip-bomb");
    }

    @Test
    void text_that_compresses_well_is_no_bomb() {
        assertThat(read(new ZipBuilder().file("a", " ".repeat(1 << 20)))).containsOnlyKeys("a");
    }

    @Test
    void too_many_entries_are_refused() {
        var zip = new ZipBuilder();
        for (int n = 0; n < 21; n++) {
            zip.file("f" + n, "x");
        }
        assertThat(refused(zip)).isEqualTo("too-many-entries");
    }

    @Test
    void paths_beyond_the_limits_are_refused() {
        assertThat(refused(new ZipBuilder().file("a".repeat(501), "x"))).isEqualTo("path-too-long");
        assertThat(refused(new ZipBuilder().file("a/".repeat(40) + "b", "x")))
                .isEqualTo("path-too-deep");
    }

    @Test
    void part_of_a_split_zip_is_refused() throws IOException {
        byte[] zip = new ZipBuilder().file("a", "x").bytes();
        zip[zip.length - 18] = 1;
        assertThat(refused(Files.write(folder.resolve("x"), zip))).isEqualTo("split-zip");
    }

    @Test
    void a_refusal_names_the_entry() {
        var file = new ZipBuilder().file("../a", "x").writeTo(folder.resolve("x.zip"));
        var refused =
                catchThrowableOfType(
                        PackageRefused.class, () -> ZipArchive.open(file, LIMITS, warnings));
        assertThat(refused.place()).contains("../a");
    }

    private static ZipBuilder named(byte[] name) {
        return new ZipBuilder()
                .bent(
                        "a",
                        "x",
                        entry -> {
                            entry.name = entry.ownName = name;
                            entry.flags = 0;
                        });
    }

    private static ZipBuilder bent(Consumer<ZipBuilder.Bent> bend) {
        return new ZipBuilder().bent("a", "content", bend);
    }

    private Map<String, String> read(ZipBuilder zip) {
        return read(zip.writeTo(folder.resolve("x.zip")));
    }

    private Map<String, String> read(Path file) {
        return read(file, LIMITS);
    }

    private Map<String, String> read(Path file, PackageLimits limits) {
        var content = new LinkedHashMap<String, String>();
        try (var archive = ZipArchive.open(file, limits, warnings)) {
            for (var entry : archive.entries(_ -> links)) {
                try (var from = archive.open(entry)) {
                    content.put(entry.path(), new String(from.readAllBytes(), UTF_8));
                }
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return content;
    }

    private String refused(ZipBuilder zip) {
        return refused(zip, LIMITS);
    }

    private String refused(ZipBuilder zip, PackageLimits limits) {
        var file = zip.writeTo(folder.resolve("x.zip"));
        return catchThrowableOfType(PackageRefused.class, () -> read(file, limits)).code();
    }

    private String refused(Path file) {
        return catchThrowableOfType(PackageRefused.class, () -> read(file)).code();
    }
}
