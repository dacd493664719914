package io.coursewire.runtime.content;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.RawHttp;
import io.coursewire.packages.ContentFiles;
import io.coursewire.packages.ImportFixture;
import io.coursewire.packages.Manifests;
import io.coursewire.storage.TestDatabase;
import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Course files over real HTTP, spelled byte by byte, as browsers and attackers do.
class CourseFilesTest {
    @RegisterExtension static final TestDatabase db = TestDatabase.migrated();
    private static final int TIMEOUT_MILLIS = 30_000;
    private static final byte[] VIDEO = new byte[300_000];

    @TempDir static Path data;
    private static WebServer server;
    private static WebServer ofEachClient;
    private static String key;

    @BeforeAll
    static void serve() {
        new Random(7).nextBytes(VIDEO);
        var imports = new ImportFixture(db.jdbi(), data);
        var client = imports.client("acme");
        var zip =
                Manifests.course()
                        .file("img/Photo.JPG", "jpeg")
                        .file("a b/ü.txt", "text")
                        .file("100%.js", "var x")
                        .file("a+b;c.css", "p{}")
                        .file("empty.txt", "")
                        .file("lesson2/INDEX.HTML", "second")
                        .file("lesson2/index.htm", "not this one")
                        .file("lesson3/index.htm", "third")
                        .file("clip.mp4", VIDEO);
        key = imports.version(client, imports.bring(client, zip)).contentKey();
        server = serve(imports, Optional.empty());
        ofEachClient = serve(imports, Optional.of("https://{client}.courses.example:8443"));
    }

    private static WebServer serve(ImportFixture imports, Optional<String> contentUrl) {
        var files =
                new CourseFiles(
                        new ContentFiles(db.jdbi()),
                        imports.content,
                        new ClientOrigins(contentUrl));
        return WebServer.builder()
                .host("127.0.0.1")
                .port(0)
                .shutdownHook(false)
                .routing(routing -> routing.register(CourseFiles.PATH, files))
                .build()
                .start();
    }

    @AfterAll
    static void stop() {
        server.stop();
        ofEachClient.stop();
    }

    @Test
    void a_file_is_served_with_its_type_and_what_browsers_need() {
        var reply = get("index.html");
        assertThat(reply.status).isEqualTo(200);
        assertThat(reply.text()).isEqualTo("<!doctype html><title>Hello</title>");
        assertThat(reply.header("content-type")).contains("text/html; charset=utf-8");
        assertThat(reply.header("content-length")).contains("35");
        assertThat(reply.header("cache-control")).contains("public, max-age=31536000, immutable");
        assertThat(reply.header("etag").orElseThrow()).matches("\"[0-9a-f]{64}\"");
        assertThat(reply.header("accept-ranges")).contains("bytes");
        assertThat(reply.header("permissions-policy")).contains("unload=*");
        assertThat(reply.header("referrer-policy")).contains("strict-origin-when-cross-origin");
        assertThat(reply.header("x-content-type-options")).contains("nosniff");
        assertThat(reply.header("set-cookie")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "acme.courses.example:8443,200",
        "ACME.courses.example,200",
        "other.courses.example:8443,404",
        "acme.example,404",
        "127.0.0.1,404",
    })
    void where_each_client_has_its_origin_its_courses_are_served_there_alone(
            String host, int status) throws IOException {
        var request = "GET /content/%s/index.html HTTP/1.1\r\nHost: %s\r\n\r\n";
        assertThat(RawHttp.status(ofEachClient.port(), request.formatted(key, host)))
                .startsWith("HTTP/1.1 " + status);
    }

    @ParameterizedTest
    @CsvSource({
        "img/Photo.JPG,image/jpeg",
        "img/photo.jpg,image/jpeg",
        "IMG/PHOTO.JPG?v=1,image/jpeg",
        "img%5CPhoto.JPG,image/jpeg",
        "img//Photo.JPG,image/jpeg",
        "%69mg/Photo.JPG,image/jpeg",
        "img%2FPhoto.JPG,image/jpeg",
        "a%20b/%C3%BC.txt,text/plain; charset=utf-8",
        "a%20b/u%CC%88.txt,text/plain; charset=utf-8",
        "100%25.js?cache=1%25&x=../,text/javascript; charset=utf-8",
        "a+b;c.css,text/css; charset=utf-8",
        "clip.mp4,video/mp4",
    })
    void files_are_found_however_their_path_is_written(String path, String type) {
        var reply = get(path);
        assertThat(reply.status).isEqualTo(200);
        assertThat(reply.header("content-type")).contains(type);
    }

    @ParameterizedTest
    @CsvSource({
        "'',<!doctype html><title>Hello</title>",
        "?page=2,<!doctype html><title>Hello</title>",
        "lesson2/,second",
        "lesson2%5C,second",
        "lesson3//,third",
    })
    void a_folder_is_its_first_page(String path, String text) {
        var reply = get(path);
        assertThat(reply.status).isEqualTo(200);
        assertThat(reply.header("content-type")).contains("text/html; charset=utf-8");
        assertThat(reply.text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "missing.html",
                "lesson2",
                "lesson2/index.html/",
                "img",
                "img/",
                "../index.html",
                "%2e%2e/index.html",
                "..%2f..%2f..%2fetc/passwd",
                "..%5c..%5cetc%5cpasswd",
                "/etc/passwd",
                "%2Fetc%2Fpasswd",
                "index.html%00.jpg",
                "index.html/",
                "index%2ehtml%20",
                "100%.js",
                "100%2.js",
                "%ff%fe",
                "%c0%ae%c0%ae/index.html",
            })
    void what_is_not_a_file_of_the_course_is_not_found(String path) {
        var reply = get(path);
        assertThat(reply.status).isIn(400, 404);
        assertThat(reply.text()).doesNotContain("root:", "Hello", "Exception", data.toString());
    }

    @Test
    void a_wrong_key_finds_nothing() {
        var wrong = key.substring(0, key.length() - 1) + (key.endsWith("A") ? "B" : "A");
        for (var path : new String[] {wrong, key.toLowerCase(Locale.ROOT), "", "x", ".."}) {
            assertThat(send("GET /content/" + path + "/index.html", "").status).isIn(400, 404);
        }
        assertThat(send("GET /content/" + key, "").status).isEqualTo(404);
    }

    @Test
    void head_is_get_without_the_body() {
        var reply = send("HEAD /content/" + key + "/clip.mp4", "");
        assertThat(reply.status).isEqualTo(200);
        assertThat(reply.header("content-length")).contains("300000");
        assertThat(reply.header("content-type")).contains("video/mp4");
        assertThat(reply.body).isEmpty();
    }

    @Test
    void an_empty_file_is_served() {
        var reply = get("empty.txt");
        assertThat(reply.status).isEqualTo(200);
        assertThat(reply.header("content-length")).contains("0");
    }

    @Test
    void other_methods_are_refused() {
        var reply = send("DELETE /content/" + key + "/index.html", "");
        assertThat(reply.status).isEqualTo(405);
        assertThat(reply.header("allow")).contains("GET, HEAD");
    }

    @Test
    void a_known_file_is_not_sent_again() {
        var etag = get("index.html").header("etag").orElseThrow();
        for (var known : new String[] {etag, "W/" + etag, "\"x\", " + etag, "*"}) {
            var reply = get("index.html", "If-None-Match: " + known + "\r\n");
            assertThat(reply.status).isEqualTo(304);
            assertThat(reply.header("etag")).contains(etag);
            assertThat(reply.body).isEmpty();
        }
        assertThat(get("index.html", "If-None-Match: \"x\"\r\n").status).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0,0,0",
        "bytes=0-,0,299999",
        "bytes=100000-199999,100000,199999",
        "bytes=299999-,299999,299999",
        "bytes=250000-900000,250000,299999",
        "bytes=-1,299999,299999",
        "bytes=-900000,0,299999",
    })
    void a_part_is_sent(String range, int first, int last) {
        var reply = get("clip.mp4", "Range: " + range + "\r\n");
        assertThat(reply.status).isEqualTo(206);
        assertThat(reply.header("content-range"))
                .contains("bytes " + first + "-" + last + "/300000");
        assertThat(reply.header("content-length")).contains("" + (last - first + 1));
        assertThat(reply.body).isEqualTo(Arrays.copyOfRange(VIDEO, first, last + 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=300000-", "bytes=400000-500000", "bytes=-0"})
    void a_part_outside_of_the_file_is_refused(String range) {
        var reply = get("clip.mp4", "Range: " + range + "\r\n");
        assertThat(reply.status).isEqualTo(416);
        assertThat(reply.header("content-range")).contains("bytes */300000");
        assertThat(get("empty.txt", "Range: bytes=0-\r\n").status).isEqualTo(416);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bytes=0-1,5-6",
                "bytes=5-1",
                "bytes=-",
                "bytes=a-b",
                "lines=1-2",
                "bytes=99999999999999999999-"
            })
    void a_range_that_is_none_is_ignored(String range) {
        var reply = get("clip.mp4", "Range: " + range + "\r\n");
        assertThat(reply.status).isEqualTo(200);
        assertThat(reply.body).hasSize(300_000);
    }

    @Test
    void a_part_of_another_file_is_sent_whole() {
        var etag = get("clip.mp4").header("etag").orElseThrow();
        var range = "Range: bytes=0-9\r\nIf-Range: ";
        assertThat(get("clip.mp4", range + etag + "\r\n").status).isEqualTo(206);
        assertThat(get("clip.mp4", range + "\"other\"\r\n").status).isEqualTo(200);
        assertThat(get("clip.mp4", range + "W/" + etag + "\r\n").status).isEqualTo(200);
        assertThat(get("clip.mp4", range + "Tue, 24 Nov 2026 05:00:00 GMT\r\n").status)
                .isEqualTo(200);
    }

    @Test
    void service_workers_are_refused() {
        assertThat(get("100%25.js", "Service-Worker: script\r\n").status).isEqualTo(403);
    }

    @Test
    void a_reader_that_goes_away_does_no_harm() throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            write(socket, "GET /content/" + key + "/clip.mp4", "");
            socket.getInputStream().read();
        }
        assertThat(get("index.html").status).isEqualTo(200);
    }

    private record Reply(int status, String head, byte[] body) {
        String text() {
            return new String(body, ISO_8859_1);
        }

        Optional<String> header(String name) {
            return head.lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst();
        }
    }

    private static Reply get(String path) {
        return get(path, "");
    }

    private static Reply get(String path, String headers) {
        return send("GET /content/" + key + "/" + path, headers);
    }

    private static void write(Socket socket, String line, String headers) throws IOException {
        var request = line + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + headers + "\r\n";
        socket.getOutputStream().write(request.getBytes(ISO_8859_1));
    }

    private static Reply send(String line, String headers) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            write(socket, line, headers);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            var in = socket.getInputStream();
            var head = head(in);
            var reply = new Reply(Integer.parseInt(head.split(" ", 3)[1]), head, new byte[0]);
            int length = reply.header("content-length").map(Integer::parseInt).orElse(0);
            boolean empty = line.startsWith("HEAD") || reply.status == 304;
            return new Reply(reply.status, head, in.readNBytes(empty ? 0 : length));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String head(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("no whole answer: " + head);
            }
            head.append((char) next);
        }
        return head.toString();
    }
}
