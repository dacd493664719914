package io.coursewire.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.api.TestApi.TestClient;
import io.coursewire.packages.ZipBuilder;
import io.coursewire.storage.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Courses brought in over real HTTP.
class PackagesApiTest {
    @RegisterExtension static final TestDatabase db = TestDatabase.migrated();

    private static final String BOUNDARY = "--------a-boundary";

    private static final RunningApi api = TestApi.over(db);
    private TestClient client;

    @BeforeEach
    void aClient() {
        client = TestApi.givenClient(api);
    }

    private static ZipBuilder course(String identifier) {
        return new ZipBuilder()
                .file(
                        "imsmanifest.xml",
                        """
                        <manifest identifier="%s" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
                            xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
                          <metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
                          <organizations default="org"><organization identifier="org"><title>A course</title>
                            <item identifier="sco" identifierref="res"><title>Its part</title></item>
                          </organization></organizations>
                          <resources><resource identifier="res" type="webcontent" adlcp:scormtype="sco" href="index.html"><file href="index.html"/></resource></resources>
                        </manifest>
                        """
                                .formatted(identifier))
                .file("index.html", "<!doctype html><title>Part</title>");
    }

    private RunningApi.Reply post(String query, String contentType, BodyPublisher body) {
        return api.send(
                client.key(),
                client.path() + "/packages" + query,
                r -> r.header("Content-Type", contentType).POST(body));
    }

    private RunningApi.Reply zip(String query, byte[] zip) {
        return post(query, "application/zip", BodyPublishers.ofByteArray(zip));
    }

    private static byte[] form(String field, byte[] content, String end) {
        var head =
                "--%s\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"a.zip\"\r\nContent-Type: application/zip\r\n\r\n"
                        .formatted(BOUNDARY, field);
        var out = new ByteArrayOutputStream();
        out.writeBytes(head.getBytes(UTF_8));
        out.writeBytes(content);
        out.writeBytes(end.getBytes(UTF_8));
        return out.toByteArray();
    }

    private RunningApi.Reply multipart(byte[] form) {
        return post(
                "", "multipart/form-data; boundary=" + BOUNDARY, BodyPublishers.ofByteArray(form));
    }

    private int activities() {
        return api.get(client.key(), client.path() + "/activities").json().get("items").size();
    }

    @Test
    void a_course_is_brought_in_and_again_as_its_next_version() {
        var first = zip("", course("m").bytes());
        assertThat(first.status()).isEqualTo(201);
        assertThat(first.json().at("/activity/title").asString()).isEqualTo("A course");
        assertThat(first.json().at("/activity/externalId").asString()).isEqualTo("org");
        assertThat(first.json().at("/items/0/externalId").asString()).isEqualTo("sco");
        assertThat(first.json().get("standard").asString()).isEqualTo("scorm12");
        assertThat(first.json().get("version").asInt()).isEqualTo(1);
        var second = zip("", course("m").bytes()).json();
        assertThat(second.get("version").asInt()).isEqualTo(2);
        assertThat(second.get("activity")).isEqualTo(first.json().get("activity"));
        assertThat(second.get("items")).isEqualTo(first.json().get("items"));
        assertThat(activities()).isEqualTo(1);
    }

    @Test
    void a_package_replaces_the_activity_that_is_named_or_makes_a_new_one() {
        var id = zip("", course("m").bytes()).json().at("/activity/id").asString();
        assertThat(
                        zip("?activityId=" + id, course("renamed").bytes())
                                .json()
                                .at("/activity/id")
                                .asString())
                .isEqualTo(id);
        assertThat(zip("?as=new", course("m").bytes()).json().at("/activity/id").asString())
                .isNotEqualTo(id);
        for (var query :
                List.of(
                        "?as=old",
                        "?activityId=x",
                        "?as=new&activityId=" + id,
                        "?activityId=0e4936c1-82d5-49c5-89e7-3c784dfd1b35")) {
            assertThat(zip(query, course("m").bytes()).status()).as(query).isEqualTo(400);
        }
        assertThat(activities()).isEqualTo(2);
    }

    @Test
    void the_field_file_of_a_form_is_the_same_as_the_bare_zip() {
        var end = "\r\n--" + BOUNDARY + "--\r\n";
        var padded =
                course("form")
                        .file(
                                "padding.bin",
                                new Random(7)
                                        .ints(400_000)
                                        .collect(
                                                StringBuilder::new,
                                                (t, i) -> t.append((char) (i & 0x7f)),
                                                StringBuilder::append)
                                        .toString());
        assertThat(multipart(form("file", padded.bytes(), end)).status()).isEqualTo(201);
        assertThat(
                        multipart(form("file", course("form").bytes(), end))
                                .json()
                                .get("version")
                                .asInt())
                .isEqualTo(2);
    }

    @Test
    void a_broken_form_brings_nothing_in() {
        var end = "\r\n--" + BOUNDARY + "--\r\n";
        var zip = course("form").bytes();
        var twoFields =
                "\r\n--"
                        + BOUNDARY
                        + "\r\nContent-Disposition: form-data; name=\"other\"\r\n\r\nx"
                        + end;
        for (var broken :
                Map.of(
                                "another field", form("zip", zip, end),
                                "one more field", form("file", zip, twoFields),
                                "no end", form("file", zip, ""),
                                "no field", ("--" + BOUNDARY + "--\r\n").getBytes(UTF_8),
                                "nothing", new byte[0])
                        .entrySet()) {
            var reply = multipart(broken.getValue());
            assertThat(reply.status()).as(broken.getKey() + reply.json()).isEqualTo(400);
        }
        assertThat(
                        post(
                                        "",
                                        "multipart/form-data",
                                        BodyPublishers.ofByteArray(form("file", zip, end)))
                                .status())
                .isEqualTo(400);
        assertThat(activities()).isZero();
    }

    @Test
    void what_cannot_be_brought_in_is_422_with_the_fault_and_its_place() {
        var broken = course("m").file("../evil.html", "x").bytes();
        var reply = zip("", broken);
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.json().get("type").asString()).endsWith("/unusable-package");
        assertThat(reply.json().get("code").asString()).isEqualTo("unsafe-path");
        assertThat(reply.json().get("place").asString()).contains("evil.html");
        for (var unusable :
                List.of(
                        new byte[0],
                        "not a zip".getBytes(UTF_8),
                        new ZipBuilder().file("a.txt", "x").bytes())) {
            assertThat(zip("", unusable).status()).isEqualTo(422);
        }
        assertThat(activities()).isZero();
    }

    @Test
    void a_wrong_content_type_is_415_and_a_too_large_upload_413() {
        assertThat(post("", "application/json", BodyPublishers.ofString("{}")).status())
                .isEqualTo(415);
        assertThat(zip("", new byte[TestApi.UPLOAD_BYTES_MAX + 1]).status()).isEqualTo(413);
        var unknownLength =
                BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream(new byte[TestApi.UPLOAD_BYTES_MAX + 1]));
        assertThat(post("", "application/zip", unknownLength).status()).isEqualTo(413);
    }

    @Test
    void the_same_upload_under_one_idempotency_key_is_one_version() {
        var zip = course("m").file("large.bin", new String(new byte[100_000], ISO_8859_1)).bytes();
        for (int i = 0; i < 3; i++) {
            assertThat(underKey(zip).json().get("version").asInt()).isEqualTo(1);
        }
        assertThat(underKey(course("other").bytes()).status()).isEqualTo(409);
        assertThat(zip("", zip).json().get("version").asInt()).isEqualTo(2);
    }

    private RunningApi.Reply underKey(byte[] zip) {
        return api.send(
                client.key(),
                client.path() + "/packages",
                r ->
                        r.header("Content-Type", "application/zip")
                                .header("Idempotency-Key", "upload")
                                .POST(BodyPublishers.ofByteArray(zip)));
    }

    @Test
    void an_upload_that_breaks_off_brings_nothing_in() throws IOException {
        var zip = course("m").bytes();
        try (var socket = new Socket("127.0.0.1", api.port())) {
            var out = socket.getOutputStream();
            out.write(
                    "POST %s/packages HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nContent-Type: application/zip\r\nContent-Length: %d\r\n\r\n"
                            .formatted(client.path(), client.key(), zip.length)
                            .getBytes(ISO_8859_1));
            out.write(zip, 0, zip.length / 2);
            socket.shutdownOutput();
            // The server has dealt with it once it closes its side, whether or not it answers.
            socket.getInputStream().readAllBytes();
        }
        assertThat(activities()).isZero();
    }
}
