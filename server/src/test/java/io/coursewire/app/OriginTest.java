package io.coursewire.app;

import static ch.qos.logback.classic.Level.WARN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.coursewire.Patience;
import io.coursewire.RawHttp;
import io.coursewire.api.Health;
import io.coursewire.kernel.CannotStart;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

@Timeout(120)
class OriginTest {
    private static final String HOST = "127.0.0.1";

    // With what the system holds between the two.
    private static final long UNREAD_MAX = 64 << 20;

    private static final int PART_BYTES = 64 << 10;
    private static final byte[] LARGE = random(256 * PART_BYTES);

    private final HttpClient http = HttpClient.newHttpClient();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch gate = new CountDownLatch(1);

    @Test
    void what_is_in_progress_is_finished_and_nothing_new_taken() throws Exception {
        var origin = start();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var slow = threads.submit(() -> get(origin, "/slow"));
            begun.await();
            var closing = threads.submit(origin::close);
            while (connects(origin)) {
                Thread.onSpinWait();
            }
            assertThat(closing.isDone()).isFalse();
            gate.countDown();
            assertThat(slow.get().body()).isEqualTo("done");
            closing.get();
        }
        assertThatThrownBy(() -> new Socket(HOST, origin.port()))
                .isInstanceOf(ConnectException.class);
    }

    @Test
    void connections_that_idle_do_not_delay_the_stop() throws Exception {
        var origin = start();
        try (var idle = new Socket(HOST, origin.port())) {
            idle.getOutputStream()
                    .write(
                            "GET /quick HTTP/1.1\r\nHost: x\r\n\r\n"
                                    .getBytes(StandardCharsets.US_ASCII));
            assertThat(idle.getInputStream().read()).isEqualTo('H');
            Duration soon = Patience.of(Duration.ofSeconds(3));
            Instant begin = Instant.now();
            origin.close();
            assertThat(Duration.between(begin, Instant.now())).isLessThan(soon);
        }
    }

    @Test
    void a_taken_port_is_told_with_the_flags_that_choose_another() throws Exception {
        var first = start();
        try {
            assertThatThrownBy(() -> Origin.start("api", HOST, first.port(), HttpRouting.builder()))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("port " + first.port())
                    .hasMessageContaining("in use")
                    .hasMessageContaining("--port");
        } finally {
            first.close();
        }
    }

    @Test
    void an_address_that_is_none_is_told_with_the_flag_that_names_another() {
        assertThatThrownBy(() -> Origin.start("api", "1.2.3.4.5", 0, HttpRouting.builder()))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("Cannot listen on 1.2.3.4.5")
                .hasMessageContaining("--host");
    }

    @Test
    void headers_beyond_the_limit_are_refused() throws Exception {
        var origin = start();
        try {
            var request =
                    HttpRequest.newBuilder(uri(origin, "/quick"))
                            .header("X-Long", "x".repeat(Origin.HEADER_BYTES_MAX))
                            .build();
            assertThat(http.send(request, BodyHandlers.ofString()).statusCode())
                    .isBetween(400, 499);
        } finally {
            origin.close();
        }
    }

    @Test
    void a_connection_is_closed_when_its_caller_asks_for_it() throws Exception {
        var origin = start();
        try {
            var request = "GET /quick HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
            assertThat(RawHttp.answer(origin.port(), request)).endsWith("done");
        } finally {
            origin.close();
        }
    }

    @Test
    void older_http_and_too_long_addresses_are_refused_in_words() throws Exception {
        var origin = start();
        try {
            assertThat(RawHttp.answer(origin.port(), "GET /quick HTTP/1.0\r\n\r\n"))
                    .contains("application/problem+json", "proxy_http_version 1.1");
            var address = "/" + "x".repeat(20_000);
            assertThat(RawHttp.answer(origin.port(), "GET " + address + " HTTP/1.1\r\n\r\n"))
                    .startsWith("HTTP/1.1 413")
                    .contains("The address is longer");
        } finally {
            origin.close();
        }
    }

    @Test
    void a_body_that_nobody_reads_does_not_spoil_the_next_request() throws Exception {
        var origin = start();
        try {
            for (int i = 0; i < 3; i++) {
                var post =
                        HttpRequest.newBuilder(uri(origin, "/quick"))
                                .POST(BodyPublishers.ofByteArray(new byte[100_000]))
                                .build();
                assertThat(http.send(post, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
            }
        } finally {
            origin.close();
        }
    }

    @Test
    void chunks_that_would_fill_the_memory_are_not_taken() throws Exception {
        var origin = start();
        try {
            for (var path : List.of("/quick", "/nothing")) {
                for (var chunk : List.of("7fffffff\r\n", "")) {
                    assertThat(sentUntilClosed(origin, path, chunk))
                            .as(path + " " + chunk)
                            .isLessThan(UNREAD_MAX);
                }
            }
        } finally {
            origin.close();
        }
    }

    /// How much of a chunk of two gigabytes the server takes.
    private static long sentUntilClosed(Origin origin, String path, String chunk)
            throws IOException {
        var head = " HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
        long sent = 0;
        try (var socket = new Socket(HOST, origin.port())) {
            var out = socket.getOutputStream();
            out.write(("POST " + path + head + chunk).getBytes(StandardCharsets.US_ASCII));
            var more = new byte[1 << 16];
            while (sent < UNREAD_MAX) {
                out.write(more);
                sent += more.length;
            }
        } catch (SocketException e) {
            // It is closed.
        }
        return sent;
    }

    @Test
    void who_stalls_in_a_request_is_cut_off_and_who_idles_is_not() throws Exception {
        var origin =
                Origin.start(
                        "test",
                        HOST,
                        0,
                        HttpRouting.builder().any("/quick", (_, response) -> response.send("done")),
                        Duration.ofMillis(1));
        var head = "GET /quick HTTP/1.1\r\nHost: x\r\n";
        try (var idle = new Socket(HOST, origin.port());
                var stalls = new Socket(HOST, origin.port())) {
            idle.getOutputStream().write((head + "\r\n").getBytes(StandardCharsets.US_ASCII));
            assertThat(idle.getInputStream().read()).isEqualTo('H');
            stalls.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            // Read to its end, which the server makes.
            assertThat(stalls.getInputStream().readAllBytes()).isEmpty();
            idle.getOutputStream()
                    .write(
                            (head + "Connection: close\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(idle.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .endsWith("done");
        } finally {
            origin.close();
        }
    }

    @Test
    void a_body_of_doubtful_length_is_refused() throws Exception {
        var origin = start();
        try {
            for (var length :
                    List.of(
                            "Content-Length: 2\r\nContent-Length: 50",
                            "Content-Length: -5",
                            "Content-Length: 2\r\nTransfer-Encoding: chunked")) {
                var request = "POST /quick HTTP/1.1\r\nHost: x\r\n" + length + "\r\n\r\n0\r\n\r\n";
                assertThat(RawHttp.answer(origin.port(), request))
                        .as(length)
                        .startsWith("HTTP/1.1 400")
                        .contains("application/problem+json");
            }
        } finally {
            origin.close();
        }
    }

    @Test
    void a_caller_that_goes_away_in_its_headers_is_no_error() throws Exception {
        var lines = new ListAppender<ILoggingEvent>();
        var log = (Logger) LoggerFactory.getLogger("io.helidon.webserver");
        lines.start();
        log.addAppender(lines);
        var origin = start();
        try {
            var socket = new Socket(HOST, origin.port());
            socket.getOutputStream()
                    .write(
                            "GET /quick HTTP/1.1\r\nHost: x\r\nX-A: "
                                    .getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            // All that is to be read is read when the server has closed it.
            assertThat(socket.getInputStream().readAllBytes()).isEmpty();
            socket.close();
        } finally {
            origin.close();
            log.detachAppender(lines);
        }
        assertThat(lines.list).filteredOn(line -> line.getLevel().isGreaterOrEqual(WARN)).isEmpty();
    }

    @Test
    void who_watches_may_ask_for_the_headers_alone() throws Exception {
        var up =
                Origin.start("up", HOST, 0, HttpRouting.builder().register(new Health(() -> true)));
        var down =
                Origin.start(
                        "down", HOST, 0, HttpRouting.builder().register(new Health(() -> false)));
        try {
            assertThat(RawHttp.headAndNext(up.port(), "/health/live")[0]).contains(" 200 ");
            assertThat(RawHttp.headAndNext(up.port(), "/health/ready")[0]).contains(" 200 ");
            assertThat(RawHttp.headAndNext(down.port(), "/health/ready")[0]).contains(" 503 ");
        } finally {
            up.close();
            down.close();
        }
    }

    @Test
    void a_compressed_body_is_refused_in_words_and_one_that_is_none_taken() throws Exception {
        var origin = start();
        try {
            var answers = new ArrayList<HttpResponse<String>>();
            for (var encoding : List.of("identity", "gzip", "br")) {
                var request =
                        HttpRequest.newBuilder(uri(origin, "/quick"))
                                .header("Content-Encoding", encoding)
                                .POST(BodyPublishers.ofString("x"))
                                .build();
                answers.add(http.send(request, BodyHandlers.ofString()));
            }
            assertThat(answers).extracting(HttpResponse::statusCode).containsExactly(200, 415, 415);
            assertThat(answers.getLast().headers().firstValue("Accept-Encoding"))
                    .contains("identity");
            assertThat(answers.getLast().body()).contains("not compressed");
        } finally {
            origin.close();
        }
    }

    @Test
    void a_watched_path_takes_no_other_methods() throws Exception {
        var origin =
                Origin.start("up", HOST, 0, HttpRouting.builder().register(new Health(() -> true)));
        try {
            for (var path : List.of("/health/live", "/health/ready")) {
                var request =
                        HttpRequest.newBuilder(uri(origin, path))
                                .POST(BodyPublishers.noBody())
                                .build();
                var answer = http.send(request, BodyHandlers.ofString());
                assertThat(answer.statusCode()).isEqualTo(405);
                assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD");
            }
        } finally {
            origin.close();
        }
    }

    /// Its window is small, so that the server has to wait for it again and again.
    @ParameterizedTest
    @ValueSource(strings = {"/large", "/streamed"})
    void who_reads_slowly_gets_every_byte(String path) throws Exception {
        var origin = start();
        try (var socket = new Socket()) {
            socket.setReceiveBufferSize(4_096);
            socket.setSoTimeout(20_000);
            socket.connect(new InetSocketAddress(HOST, origin.port()));
            socket.getOutputStream()
                    .write(
                            ("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
            var answer = socket.getInputStream().readAllBytes();
            int body = new String(answer, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n") + 4;
            assertThat(Arrays.copyOfRange(answer, body, answer.length)).isEqualTo(LARGE);
        } finally {
            origin.close();
        }
    }

    private Origin start() {
        return Origin.start(
                "test",
                HOST,
                0,
                HttpRouting.builder()
                        .any("/quick", (_, response) -> response.send("done"))
                        .get("/large", (_, response) -> response.send(LARGE))
                        .get("/streamed", (_, response) -> stream(response))
                        .get("/slow", (_, response) -> slow(response)));
    }

    private static void stream(ServerResponse response) throws IOException {
        response.contentLength(LARGE.length);
        try (var out = response.outputStream()) {
            for (int from = 0; from < LARGE.length; from += PART_BYTES) {
                out.write(LARGE, from, PART_BYTES);
            }
        }
    }

    private static byte[] random(int count) {
        var bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }

    private void slow(ServerResponse response) throws InterruptedException {
        begun.countDown();
        gate.await();
        response.send("done");
    }

    private static boolean connects(Origin origin) {
        try {
            new Socket(HOST, origin.port()).close();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private HttpResponse<String> get(Origin origin, String path) throws Exception {
        return http.send(
                HttpRequest.newBuilder(uri(origin, path)).build(), BodyHandlers.ofString());
    }

    private static URI uri(Origin origin, String path) {
        return URI.create("http://" + HOST + ":" + origin.port() + path);
    }
}
