package io.coursewire.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.coursewire.kernel.ClientId;
import io.coursewire.packages.scorm2004.Edition;
import io.coursewire.packages.zip.ZipArchive;
import io.coursewire.storage.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Courses made by others, which stand beside the repository and not in it.
class SharedPackagesTest {
    @RegisterExtension static final TestDatabase db = TestDatabase.migrated();
    private static final Path SHARED = shared();

    @TempDir Path data;
    private ImportFixture imports;
    private ClientId client;

    /// Beside the repository or beside the folder that it is checked out in.
    private static Path shared() {
        for (var at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            var found = at.resolve("shared/packages");
            if (Files.isDirectory(found)) {
                return found;
            }
        }
        return Path.of("shared/packages");
    }

    @BeforeEach
    void prepare() {
        assumeTrue(Files.isDirectory(SHARED), () -> "no shared packages at " + SHARED);
        imports = new ImportFixture(db.jdbi(), data);
        client = imports.client("c-" + UUID.randomUUID());
    }

    @ParameterizedTest
    @CsvSource({
        "scorm12/RuntimeBasicCalls_SCORM12.zip,1,''",
        "scorm12/moodle_RuntimeMinimumCalls_SCORM12.zip,18,''",
        "scorm12/parser_PrerequisitesTest_SCORM12.zip,4,'prerequisites-words,prerequisites-words'",
        "scorm12/parser_scorm12.zip,18,''",
        "malformed/parser_ItemWithNonExistentResourceId_SCORM12.zip,1,dangling-reference",
        "scorm2004/bridge_RuntimeBasicCalls_SCORM20043rdEdition.zip,1,''",
        "scorm2004/golf_ContentPackagingSingleSCO_SCORM20042ndEdition.zip,1,''",
        "scorm2004/golf_RunTimeAdvancedCalls_SCORM20043rdEdition.zip,1,''",
        "scorm2004/golf_SequencingForcedSequential_SCORM20043rdEdition.zip,5,''",
        "scorm2004/golf_SequencingPostTestRollup4thEd_SCORM20044thEdition.zip,5,''",
    })
    void courses_come_in(String name, int items, String warnings) {
        var imported = bring(name);
        var version = imports.version(client, imported);
        assertThat(imported.standard())
                .isEqualTo(name.contains("SCORM2004") ? Standard.SCORM_2004 : Standard.SCORM_12);
        assertThat(version.itemIds()).hasSize(items);
        assertThat(codes(imported)).isEqualTo(warnings);
        var files = new ContentFiles(db.jdbi());
        for (var identifier : version.itemIds().keySet()) {
            var href = version.content().href(identifier).orElseThrow();
            var path = Urls.decode(href.replaceFirst("[?#].*", "")).orElseThrow();
            assertThat(files.find(version.contentKey(), path)).as(href).isPresent();
        }
    }

    @Test
    void a_golf_course_is_read_as_it_was_written() {
        var version = imports.version(client, bring("scorm12/RuntimeBasicCalls_SCORM12.zip"));
        assertThat(version.content().externalId()).isEqualTo("golf_sample_default_org");
        assertThat(version.content().titles())
                .containsEntry("und", "Golf Explained - Run-time Basic Calls");
        assertThat(version.content().href("item_1")).contains("shared/launchpage.html");
    }

    @Test
    void parameters_reach_the_launch() {
        var version =
                imports.version(client, bring("scorm12/moodle_RuntimeMinimumCalls_SCORM12.zip"));
        assertThat(version.content().href("playing_quiz_item"))
                .contains("shared/assessmenttemplate.html?questions=Playing");
    }

    @Test
    void prerequisites_are_kept_as_they_were_written() {
        var version =
                imports.version(client, bring("scorm12/parser_PrerequisitesTest_SCORM12.zip"));
        var course = (Scorm12) version.content();
        assertThat(course.item("module4").orElseThrow().prerequisites())
                .contains("(module1 AND module2) OR module3");
        assertThat(course.item("module1").orElseThrow().prerequisites()).isEmpty();
        var launchData = course.item("module1").orElseThrow().content().orElseThrow().launchData();
        assertThat(launchData.maxTimeAllowed()).contains("02:30:00");
    }

    @ParameterizedTest
    @CsvSource({
        "bridge_RuntimeBasicCalls_SCORM20043rdEdition.zip,1,THIRD,''",
        "golf_ContentPackagingSingleSCO_SCORM20042ndEdition.zip,1,SECOND,''",
        "golf_RunTimeAdvancedCalls_SCORM20043rdEdition.zip,1,THIRD,''",
        "golf_SequencingForcedSequential_SCORM20043rdEdition.zip,5,THIRD,''",
        "golf_SequencingPostTestRollup4thEd_SCORM20044thEdition.zip,5,FOURTH,''",
    })
    void scorm_2004_courses_are_read_and_kept_whole(
            String name, int items, Edition edition, String codes) {
        var warnings = new Warnings();
        var file = SHARED.resolve("scorm2004").resolve(name);
        try (var archive = ZipArchive.open(file, PackageLimits.DEFAULT, warnings)) {
            var course = (Scorm2004) new ReadPackage(archive, warnings).read().content();
            assertThat(course.edition()).isEqualTo(edition);
            assertThat(course.outline()).filteredOn(OutlineLine::launchable).hasSize(items);
            assertThat(
                            String.join(
                                    ",",
                                    warnings.list().stream().map(PackageWarning::code).toList()))
                    .isEqualTo(codes);
            assertThat(PackageJson.read(Standard.SCORM_2004, PackageJson.write(course)))
                    .isEqualTo(course);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "parser_aicc.zip,1,default.htm,''",
        "parser_complex.zip,3,intro.html,prerequisites-unreadable",
    })
    void aicc_courses_are_read_and_kept_whole(String name, int units, String first, String codes) {
        var warnings = new Warnings();
        var file = SHARED.resolve("aicc").resolve(name);
        try (var archive = ZipArchive.open(file, PackageLimits.DEFAULT, warnings)) {
            var course = (Aicc) new ReadPackage(archive, warnings).read().content();
            assertThat(course.outline()).filteredOn(OutlineLine::launchable).hasSize(units);
            assertThat(course.href("A1")).contains(first);
            assertThat(
                            String.join(
                                    ",",
                                    warnings.list().stream().map(PackageWarning::code).toList()))
                    .isEqualTo(codes);
            assertThat(PackageJson.read(Standard.AICC, PackageJson.write(course)))
                    .isEqualTo(course);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "malformed/bridge_Non-working_SCORM.zip,empty-zip",
        "malformed/parser_MalformedXml_SCORM12.zip,malformed-xml",
        "malformed/parser_MissingLaunchUrl_SCORM12.zip,nothing-to-open",
        "malformed/parser_ContentPackagingNoSchemaVersion_SCORM20042ndEdition.zip,nothing-to-open",
        "cmi5/escola_cmi5.zip,standard-not-supported",
        "cmi5/parser_cmi5.zip,standard-not-supported",
        "xapi/parser_basic_course.zip,standard-not-supported",
        "xapi/tincan_GolfExample_TCAPI.zip,standard-not-supported",
    })
    void others_are_refused_and_leave_nothing(String name, String code) {
        var before = imports.rows();
        var refused = catchThrowableOfType(PackageRefused.class, () -> bring(name));
        assertThat(refused.code()).as(refused.getMessage()).isEqualTo(code);
        assertThat(imports.rows()).isEqualTo(before);
        assertThat(imports.storedFiles()).isEmpty();
        assertThat(imports.stagedFiles()).isEmpty();
    }

    private ImportedPackage bring(String name) {
        return open(name, zip -> imports.bring(client, zip, new ImportTarget.SameManifest()));
    }

    private static <T> T open(String name, Function<InputStream, T> use) {
        try (var zip = Files.newInputStream(SHARED.resolve(name))) {
            return use.apply(zip);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String codes(ImportedPackage imported) {
        return String.join(",", imported.warnings().stream().map(PackageWarning::code).toList());
    }
}
