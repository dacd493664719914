package io.coursewire.packages.scorm12;

import static io.coursewire.packages.Manifests.item;
import static io.coursewire.packages.Manifests.organization;
import static io.coursewire.packages.Manifests.sco;
import static io.coursewire.packages.Manifests.scorm12;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.groups.Tuple.tuple;

import io.coursewire.packages.Manifests;
import io.coursewire.packages.OutlineLine;
import io.coursewire.packages.PackageLimits;
import io.coursewire.packages.PackageRefused;
import io.coursewire.packages.PackageWarning;
import io.coursewire.packages.ReadPackage;
import io.coursewire.packages.Scorm12;
import io.coursewire.packages.Scorm12.LaunchData;
import io.coursewire.packages.Urls;
import io.coursewire.packages.Warnings;
import io.coursewire.packages.ZipBuilder;
import io.coursewire.packages.zip.ZipArchive;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// SCORM 1.2 manifests in the shapes that tools have given them.
class ReadScorm12Test {
    @TempDir Path folder;
    private final Warnings warnings = new Warnings();

    @Test
    void a_sound_course_is_read_without_a_warning() {
        var course = read(Manifests.course());
        assertThat(course.manifestIdentifier()).contains("M-1");
        assertThat(course.externalId()).isEqualTo("O-1");
        assertThat(course.titles()).isEqualTo(Map.of("und", "A course"));
        assertThat(course.items()).extracting(Scorm12.Item::identifier).containsExactly("I-1");
        assertThat(course.item("I-1").orElseThrow().titles())
                .isEqualTo(Map.of("und", "Title of I-1"));
        assertThat(course.item("I-1").orElseThrow().content().orElseThrow().sco()).isTrue();
        assertThat(course.href("I-1")).contains("index.html");
        assertThat(warnings.list()).isEmpty();
    }

    @Test
    void what_run_time_data_starts_with_is_read() {
        var course =
                read(
                        withItem(
                                """
                                <adlcp:prerequisites type="aicc_script">A&amp;B</adlcp:prerequisites>
                                <adlcp:maxtimeallowed>00:30:00</adlcp:maxtimeallowed>
                                <adlcp:timelimitaction>Exit , no message</adlcp:timelimitaction>
                                <adlcp:datafromlms>key=value</adlcp:datafromlms>
                                <adlcp:masteryscore>79.5</adlcp:masteryscore>
                                """));
        var item = course.item("I-1").orElseThrow();
        assertThat(item.prerequisites()).contains("A&B");
        assertThat(item.content().orElseThrow().launchData())
                .isEqualTo(
                        new LaunchData(
                                Optional.of(new BigDecimal("79.5")),
                                Optional.of("00:30:00"),
                                Optional.of("exit,no message"),
                                Optional.of("key=value")));
        assertThat(warnings.list())
                .extracting(PackageWarning::code)
                .containsExactly("dangling-reference", "dangling-reference");
    }

    @Test
    void the_case_of_elements_does_not_matter() {
        var course = read(withItem("<adlcp:dataFromLMS>x</adlcp:dataFromLMS>"));
        assertThat(launchData(course).dataFromLms()).contains("x");
    }

    @Test
    void no_time_is_no_limit() {
        assertThat(
                        launchData(
                                read(
                                        withItem(
                                                "<adlcp:maxtimeallowed>00:00:00</adlcp:maxtimeallowed>"))))
                .isEqualTo(LaunchData.NONE);
        assertThat(warnings.list()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "masteryscore,eighty",
        "masteryscore,101",
        "masteryscore,-1",
        "masteryscore,1e999999999",
        "masteryscore,1E-17000",
        "masteryscore,1e-2000000000",
        "maxtimeallowed,soon",
        "maxtimeallowed,1:00",
        "timelimitaction,explode"
    })
    void a_value_that_is_none_is_left_out_with_a_warning(String element, String value) {
        var read = read(withItem("<adlcp:%1$s>%2$s</adlcp:%1$s>".formatted(element, value)));
        assertThat(launchData(read)).isEqualTo(LaunchData.NONE);
        assertThat(warnings.list())
                .singleElement()
                .satisfies(
                        warning -> {
                            assertThat(warning.code()).isEqualTo("bad-value");
                            assertThat(warning.place().orElseThrow())
                                    .contains("imsmanifest.xml, /manifest/", "(line ");
                        });
    }

    @Test
    void items_are_nested_and_some_are_folders_or_hidden() {
        var items =
                "<item identifier='F'><title>Folder</title>"
                        + item("A", "R-1")
                        + "<item identifier='B' identifierref='R-1' isvisible='false'><title>B</title></item>"
                        + "</item>";
        var course = read(Manifests.course("M-1", "T", items));
        assertThat(course.outline())
                .extracting(
                        OutlineLine::identifier,
                        OutlineLine::level,
                        OutlineLine::visible,
                        OutlineLine::launchable,
                        OutlineLine::counts)
                .containsExactly(
                        tuple("F", 0, true, false, false),
                        tuple("A", 1, true, true, true),
                        tuple("B", 1, false, true, true));
    }

    @Test
    void the_default_of_several_organizations_is_taken() {
        var organizations =
                "<organizations default='O-2'><organization identifier='O-1'><title>1</title>"
                        + item("A", "R-1")
                        + "</organization><organization identifier='O-2'><title>2</title>"
                        + item("B", "R-1")
                        + "</organization></organizations>";
        var course = read(Manifests.course(scorm12(organizations, sco("R-1", "index.html"))));
        assertThat(course.externalId()).isEqualTo("O-2");
        assertThat(course.items()).extracting(Scorm12.Item::identifier).containsExactly("B");
        assertThat(codes()).isEqualTo("several-organizations");
    }

    @Test
    void a_default_that_is_not_there_gives_the_first() {
        var manifest = Manifests.single().replace("default=\"O-1\"", "default=\"O-9\"");
        assertThat(read(Manifests.course(manifest)).externalId()).isEqualTo("O-1");
        assertThat(codes()).isEqualTo("no-default-organization");
    }

    @Test
    void resources_without_an_organization_become_items() {
        var manifest = scorm12("<organizations/>", sco("R-1", "index.html"));
        assertThat(read(Manifests.course(manifest)).href("R-1")).contains("index.html");
        assertThat(codes()).contains("no-organization");
    }

    @Test
    void resources_without_an_organization_have_the_limits_of_items() {
        var longer = scorm12("<organizations/>", sco("R".repeat(501), "index.html"));
        assertThat(refused(Manifests.course(longer)).code()).isEqualTo("identifier-too-long");
        var many = new StringBuilder();
        for (int n = 0; n <= PackageLimits.ITEMS_MAX; n++) {
            many.append(sco("R-" + n, "index.html"));
        }
        assertThat(refused(Manifests.course(scorm12("", many.toString()))).code())
                .isEqualTo("too-many-items");
    }

    @Test
    void manifests_inside_the_manifest_are_used() {
        var inner =
                """
                <manifest identifier="INNER"><organizations><organization identifier="O-I"><title>I</title>%s</organization></organizations>
                <resources>%s</resources></manifest>
                """
                        .formatted(item("A", "R-1"), sco("R-1", "index.html"));
        var manifest =
                scorm12(
                        organization(
                                "T",
                                "<item identifier='X' identifierref='INNER'><title>X</title></item>"),
                        "");
        var course = read(Manifests.course(manifest.replace("</manifest>", inner + "</manifest>")));
        assertThat(course.outline()).extracting(OutlineLine::identifier).containsExactly("X", "A");
        assertThat(course.href("A")).contains("index.html");
    }

    @Test
    void a_manifest_that_contains_itself_is_refused() {
        var manifest =
                scorm12(organization("T", item("A", "INNER")), sco("R-1", "index.html"))
                        .replace(
                                "</manifest>",
                                "<manifest identifier='INNER'><organizations><organization>"
                                        + item("B", "INNER")
                                        + "</organization></organizations></manifest></manifest>");
        assertThat(refused(Manifests.course(manifest)).code()).isEqualTo("items-too-deep");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "index.html                | index.html                   |",
                "INDEX.HTML                | index.html                   | wrong-case",
                "./sub/../index.html       | index.html                   |",
                "/index.html               | index.html                   |",
                "index.html?a=1&b=2#top    | index.html?a=1&b=2#top       |",
                "sub\\page.html            | sub/page.html                | backslash",
                "sub/a%20b.html            | sub/a%20b.html               |",
                "sub/a b.html              | sub/a%20b.html               |",
                "sub/ü.html                | sub/%C3%BC.html              |",
                "sub/%C3%BC.html?x=ü       | sub/%C3%BC.html?x=%C3%BC     |",
                "sub/100%.html             | sub/100%25.html              |",
                "sub/a#b.html              | sub/a%23b.html               |",
                "https://example.org/x?y=z | https://example.org/x?y=z    | external-content",
                "//example.org/x           | https://example.org/x        | external-content",
            })
    void hrefs_are_found_as_they_are_meant(String href, String url, String warning) {
        var zip =
                Manifests.course(
                                scorm12(
                                        organization("T", item("I-1", "R-1")),
                                        sco("R-1", href.replace("&", "&amp;"))))
                        .file("sub/page.html", "x")
                        .file("sub/a b.html", "x")
                        .file("sub/ü.html", "x")
                        .file("sub/100%.html", "x")
                        .file("sub/a#b.html", "x");
        assertThat(read(zip).href("I-1")).contains(url);
        assertThat(codes()).isEqualTo(warning == null ? "" : warning);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "missing.html",
                "../index.html",
                "javascript:alert(1)",
                "file:///etc/passwd"
            })
    void a_course_that_opens_nothing_is_refused(String href) {
        var manifest = scorm12(organization("T", item("I-1", "R-1")), sco("R-1", href));
        var refused = refused(Manifests.course(manifest));
        assertThat(refused.code()).isEqualTo("nothing-to-open");
        assertThat(refused).hasMessageContaining(href);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "p.html     | ?a=1   | p.html?a=1",
                "p.html     | a=1    | p.html?a=1",
                "p.html?x=2 | ?a=1   | p.html?x=2&a=1",
                "p.html?x=2 | &a=1   | p.html?x=2&a=1",
                "p.html#top | ?a=1   | p.html?a=1#top",
                "p.html     | #end   | p.html#end",
                "p.html#top | #end   | p.html#top",
                "p.html     | ?a=x y | p.html?a=x%20y",
                "p.html     | ''     | p.html",
            })
    void parameters_are_joined(String href, String parameters, String url) {
        var items =
                "<item identifier='I-1' identifierref='R-1' parameters='%s'><title>x</title></item>"
                        .formatted(parameters.replace("&", "&amp;"));
        var manifest = scorm12(organization("T", items), sco("R-1", href));
        assertThat(read(Manifests.course(manifest).file("p.html", "x")).href("I-1")).contains(url);
    }

    @Test
    void every_xml_base_counts() {
        var manifest =
                scorm12(
                                organization("T", item("I-1", "R-1")),
                                sco("R-1", "page.html").replace("href", "xml:base='c' href"))
                        .replace("<resources>", "<resources xml:base='b/'>")
                        .replace("identifier=\"M-1\"", "identifier=\"M-1\" xml:base=\"a/\"");
        var zip = Manifests.course(manifest).file("a/b/c/page.html", "x");
        assertThat(read(zip).href("I-1")).contains("a/b/c/page.html");
    }

    @Test
    void an_absolute_xml_base_replaces_those_above_it() {
        var manifest =
                scorm12(
                                organization("T", item("I-1", "R-1")),
                                sco("R-1", "page.html")
                                        .replace("href", "xml:base='HTTPS://x.example' href"))
                        .replace("<resources>", "<resources xml:base='b/'>");
        assertThat(read(Manifests.course(manifest)).href("I-1"))
                .contains("HTTPS://x.example/page.html");
        assertThat(codes()).isEqualTo("external-content");
    }

    @Test
    void a_course_zipped_by_windows_in_japan_is_opened() {
        var manifest = scorm12(organization("T", item("I-1", "R-1")), sco("R-1", "第1章/表示.html"));
        var zip = new ZipBuilder().file("講座/imsmanifest.xml", manifest).file("講座/第1章/表示.html", "x");
        var course = read(zip.namedIn(Charset.forName("windows-31j")));
        assertThat(course.href("I-1")).contains(Urls.encodePath("第1章/表示.html"));
        assertThat(codes()).isEqualTo("legacy-name,legacy-name,single-folder");
    }

    @Test
    void an_item_without_its_resource_is_a_folder_with_a_warning() {
        var items = item("I-1", "R-9") + item("I-2", "R-1");
        var course = read(Manifests.course("M-1", "T", items));
        assertThat(course.item("I-1").orElseThrow().content()).isEmpty();
        assertThat(course.href("I-2")).contains("index.html");
        assertThat(codes()).isEqualTo("dangling-reference");
    }

    @Test
    void assets_are_items_too() {
        var asset = sco("R-1", "index.html").replace("\"sco\"", "\"Asset\"");
        var read = read(Manifests.course(scorm12(organization("T", item("I-1", "R-1")), asset)));
        assertThat(read.item("I-1").orElseThrow().content().orElseThrow().sco()).isFalse();
        assertThat(warnings.list()).isEmpty();
    }

    @Test
    void missing_and_doubled_identifiers_get_new_ones() {
        var items =
                item("A", "R-1")
                        + item("A", "R-1")
                        + "<item identifierref='R-1'><title>x</title></item>";
        assertThat(read(Manifests.course("M-1", "T", items)).outline())
                .extracting(OutlineLine::identifier)
                .containsExactly("A", "A~2", "item-3");
        assertThat(codes()).isEqualTo("duplicate-identifier,no-identifier");
    }

    @Test
    void missing_titles_are_identifiers() {
        var manifest =
                Manifests.single()
                        .replace("<title>A course</title>", "")
                        .replace("Title of I-1", " ");
        var course = read(Manifests.course(manifest));
        assertThat(course.titles()).isEqualTo(Map.of("und", "O-1"));
        assertThat(course.item("I-1").orElseThrow().titles()).isEqualTo(Map.of("und", "I-1"));
        assertThat(codes()).isEqualTo("no-title,no-title");
    }

    @Test
    void a_missing_schema_version_is_guessed() {
        var manifest = Manifests.single().replace("<schemaversion>1.2</schemaversion>", "");
        assertThat(read(Manifests.course(manifest)).href("I-1")).isPresent();
        assertThat(codes()).isEqualTo("schema-version");
    }

    @Test
    void metadata_gives_the_languages_of_the_title() {
        var lom =
                """
                <lom><general><title><langstring xml:lang="en_US">x</langstring>
                <langstring xml:lang="de">Ein Kurs</langstring><langstring xml:lang="fr">Un cours</langstring>
                </title></general></lom></metadata>
                """;
        var manifest =
                Manifests.single().replace("A course", "Ein Kurs").replaceFirst("</metadata>", lom);
        var course = read(Manifests.course(manifest));
        assertThat(course.titles())
                .isEqualTo(Map.of("de", "Ein Kurs", "fr", "Un cours", "en-US", "x"));
        assertThat(course.item("I-1").orElseThrow().titles()).containsOnlyKeys("de");
    }

    @Test
    void metadata_of_another_title_gives_the_language_alone() {
        var lom =
                """
                <lom><general><language>FR-ca</language><title><langstring xml:lang="en">Other</langstring>
                </title></general></lom></metadata>
                """;
        var manifest = Manifests.single().replaceFirst("</metadata>", lom);
        assertThat(read(Manifests.course(manifest)).titles())
                .isEqualTo(Map.of("fr-CA", "A course"));
    }

    @Test
    void five_thousand_items_are_read() {
        var items = new StringBuilder();
        for (int n = 0; n < 5_000; n++) {
            items.append(item("I-" + n, "R-1"));
        }
        assertThat(read(Manifests.course("M-1", "T", items.toString())).outline()).hasSize(5_000);
        for (int n = 5_000; n <= PackageLimits.ITEMS_MAX; n++) {
            items.append(item("I-" + n, "R-1"));
        }
        assertThat(refused(Manifests.course("M-1", "T", items.toString())).code())
                .isEqualTo("too-many-items");
    }

    @Test
    void a_longertitle_is_cut_and_a_longeridentifier_refused() {
        var title = read(Manifests.course("M-1", "x".repeat(2_000), item("I-1", "R-1"))).titles();
        assertThat(title.get("und")).hasSize(1_000).endsWith("…");
        var faces =
                read(Manifests.course("M-1", "x" + "😀".repeat(900), item("I-1", "R-1"))).titles();
        assertThat(faces.get("und")).hasSize(1_000).endsWith("😀…");
        var odd = read(Manifests.course("M-1", "😀".repeat(900), item("I-1", "R-1"))).titles();
        assertThat(odd.get("und")).as("no half a face").hasSize(999).endsWith("😀…");
        assertThat(refused(Manifests.course("M-1", "T", item("I".repeat(501), "R-1"))).code())
                .isEqualTo("identifier-too-long");
    }

    private static ZipBuilder withItem(String inside) {
        return Manifests.course(Manifests.single().replace("</item>", inside + "</item>"));
    }

    private static LaunchData launchData(Scorm12 course) {
        return course.item("I-1").orElseThrow().content().orElseThrow().launchData();
    }

    private Scorm12 read(ZipBuilder zip) {
        var file = zip.writeTo(folder.resolve("x.zip"));
        try (var archive = ZipArchive.open(file, PackageLimits.DEFAULT, warnings)) {
            return (Scorm12) new ReadPackage(archive, warnings).read().content();
        }
    }

    private PackageRefused refused(ZipBuilder zip) {
        return catchThrowableOfType(PackageRefused.class, () -> read(zip));
    }

    private String codes() {
        return String.join(",", warnings.list().stream().map(PackageWarning::code).toList());
    }
}
