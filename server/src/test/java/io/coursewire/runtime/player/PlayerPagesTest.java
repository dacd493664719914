package io.coursewire.runtime.player;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.RawHttp;
import io.helidon.webserver.WebServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PlayerPagesTest {
    private static final int MOST_COMPRESSED_BYTES = 150_000;

    private static WebServer server;
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @BeforeAll
    static void start() {
        server = serve(new PlayerPages(List.of()));
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    @Test
    void asked_for_its_headers_alone_a_page_sends_no_body() throws Exception {
        var paths = new ArrayList<>(List.of("/launch/one", "/play/token"));
        assetsOf("/play/token").forEach(asset -> paths.add("/player/" + asset));
        for (var path : paths) {
            assertThat(RawHttp.headAndNext(server.port(), path))
                    .as(path)
                    .satisfiesExactly(
                            head -> assertThat(head).startsWith("HTTP/1.1 200"),
                            next -> assertThat(next).startsWith("HTTP/1.1 404"));
        }
    }

    @Test
    void a_launch_link_is_the_same_page_for_everyone_and_is_never_cached() throws Exception {
        var one = get("/launch/one");
        var other = get("/launch/two");
        assertThat(one.statusCode()).isEqualTo(200);
        assertThat(text(one)).isEqualTo(text(other)).contains("<script type=\"module\"");
        assertThat(one.headers().firstValue("Cache-Control")).hasValue("no-store");
    }

    @Test
    void pages_run_no_script_but_ours_and_are_framed_by_nobody_unless_allowed() throws Exception {
        var headers = get("/play/token").headers();
        assertThat(headers.firstValue("Content-Security-Policy").orElseThrow())
                .contains("script-src 'self'", "object-src 'none'", "frame-ancestors 'none'");
        assertThat(headers.firstValue("Permissions-Policy")).hasValue("unload=*");
        assertThat(headers.firstValue("Referrer-Policy")).hasValue("no-referrer");
        assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
    }

    @Test
    void where_content_goes_in_its_own_frame_is_not_the_pages_to_say() throws Exception {
        var policy = get("/play/token").headers().firstValue("Content-Security-Policy");
        assertThat(policy.orElseThrow())
                .doesNotContain("default-src", "frame-src", "child-src", "sandbox");
    }

    @Test
    void origins_that_may_frame_the_player_are_named() throws Exception {
        var framed = serve(new PlayerPages(List.of("https://a.example", "https://b.example")));
        try {
            assertThat(
                            get(framed, "/play/token", "identity")
                                    .headers()
                                    .firstValue("Content-Security-Policy"))
                    .hasValueSatisfying(
                            policy ->
                                    assertThat(policy)
                                            .endsWith(
                                                    "frame-ancestors https://a.example https://b.example"));
        } finally {
            framed.stop();
        }
    }

    @Test
    void every_asset_that_a_page_names_is_there_compressed_and_cached_for_good() throws Exception {
        for (var name : assetsOf("/play/token")) {
            var plain = get(server, "/player/" + name, "identity");
            var packed = get(server, "/player/" + name, "br, gzip");
            assertThat(plain.statusCode()).as(name).isEqualTo(200);
            assertThat(plain.headers().firstValue("Cache-Control").orElseThrow())
                    .contains("immutable");
            assertThat(packed.headers().firstValue("Content-Encoding")).hasValue("gzip");
            assertThat(new GZIPInputStream(new ByteArrayInputStream(packed.body())).readAllBytes())
                    .isEqualTo(plain.body());
        }
    }

    @Test
    void the_player_loads_in_less_than_150_kilobytes_before_the_course() throws Exception {
        var bytes = get("/play/token").body().length;
        for (var name : assetsOf("/play/token")) {
            bytes += get(server, "/player/" + name, "gzip").body().length;
        }
        assertThat(bytes).isBetween(10_000, MOST_COMPRESSED_BYTES);
    }

    @Test
    void what_the_build_did_not_list_is_not_found() throws Exception {
        for (var name : List.of("assets.txt", "play.html", "..%2f..%2flogback.xml", "nothing.js")) {
            assertThat(get("/player/" + name).statusCode()).as(name).isEqualTo(404);
        }
    }

    private static List<String> assetsOf(String page) throws Exception {
        var names = Pattern.compile("/player/([a-z]+-[0-9a-f]+\\.[a-z]+)").matcher(text(get(page)));
        var found = names.results().map(match -> match.group(1)).toList();
        assertThat(found).hasSizeGreaterThanOrEqualTo(3);
        return found;
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    private static HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        return get(server, path, "identity");
    }

    private static HttpResponse<byte[]> get(WebServer at, String path, String encoding)
            throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + at.port() + path))
                        .header("Accept-Encoding", encoding)
                        .build();
        return CLIENT.send(request, BodyHandlers.ofByteArray());
    }

    private static WebServer serve(PlayerPages pages) {
        return WebServer.builder()
                .host("127.0.0.1")
                .port(0)
                .routing(routing -> routing.register(pages))
                .build()
                .start();
    }
}
