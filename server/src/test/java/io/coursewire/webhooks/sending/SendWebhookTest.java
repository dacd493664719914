package io.coursewire.webhooks.sending;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.Patience;
import io.coursewire.RefusingPort;
import io.coursewire.webhooks.delivery.HostileReceiver;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A real hostile receiver: whatever it does, the answer is known within the deadline.
class SendWebhookTest {
    private static final Duration DEADLINE = Duration.ofSeconds(2);

    /// Where an answer is due, however busy the machine is.
    private static final Duration LONG = Duration.ofMinutes(1);

    private static final byte[] BODY = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);

    private final HostileReceiver receiver = new HostileReceiver();
    private final AtomicInteger lookups = new AtomicInteger();
    private final SendWebhook send = new SendWebhook(guard("127.0.0.1/32"), LONG);
    private final SendWebhook hurried = new SendWebhook(guard("127.0.0.1/32"), DEADLINE);

    @AfterEach
    void stop() {
        send.close();
        hurried.close();
        receiver.close();
    }

    @Test
    void headers_and_body_arrive_as_they_are() {
        assertThat(post("/hook?a=b%20c")).isEqualTo(new Answer.Status(204, Optional.empty(), ""));
        var request = receiver.requests().getFirst();
        assertThat(request.path()).isEqualTo("/hook?a=b%20c");
        assertThat(request.body()).isEqualTo(BODY);
        assertThat(request.header("content-type")).isEqualTo("application/json; charset=utf-8");
        assertThat(request.header("x-own")).isEqualTo("1");
        assertThat(request.headers())
                .doesNotContainKeys("accept-encoding", "cookie", "authorization");
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                200, 201, 202, 299, 300, 304, 400, 401, 403, 404, 407, 410, 418, 429, 500, 501, 502,
                503, 504, 599
            })
    void every_status_is_an_answer(int code) {
        receiver.behave(HostileReceiver.status(code, "retry-after: 7"));
        assertThat(post("/")).isEqualTo(new Answer.Status(code, Optional.of("7"), ""));
        assertThat(receiver.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void redirects_are_not_followed(int code) {
        receiver.behave(
                HostileReceiver.status(
                        code, "location: http://127.0.0.1:" + receiver.port() + "/elsewhere"));
        assertThat(post("/"))
                .isInstanceOfSatisfying(
                        Answer.Status.class, s -> assertThat(s.code()).isEqualTo(code));
        assertThat(receiver.requests()).hasSize(1);
    }

    @Test
    void a_refused_connection_is_told() {
        try (var nobody = new RefusingPort()) {
            assertThat(message(send.send(request(nobody.url())))).contains("refused");
        }
    }

    @Test
    void what_comes_after_the_stop_is_not_sent_and_says_so() {
        send.close();
        assertThat(message(post("/"))).isEqualTo("not sent, as the server was stopping");
        assertThat(receiver.requests()).isEmpty();
    }

    @Test
    void a_connection_closed_before_the_answer_is_told() {
        receiver.behave((_, _) -> false);
        assertThat(message(post("/"))).contains("closed");
    }

    @Test
    void a_reset_is_told() {
        receiver.behave(
                (connection, _) -> {
                    connection.setSoLinger(true, 0);
                    return false;
                });
        assertThat(post("/")).isInstanceOf(Answer.None.class);
    }

    @Test
    void silence_ends_at_the_deadline() {
        receiver.behave(
                (_, _) -> {
                    Thread.sleep(DEADLINE.multipliedBy(5));
                    return false;
                });
        assertThat(message(timed(() -> post(hurried, "/"))))
                .contains("no complete answer within 2 s");
    }

    @Test
    void a_dripping_head_ends_at_the_deadline() {
        receiver.behave(
                (_, out) -> {
                    out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.UTF_8));
                    for (int i = 0; i < 100; i++) {
                        out.write(("x-" + i + ": y\r\n").getBytes(StandardCharsets.UTF_8));
                        out.flush();
                        Thread.sleep(50);
                    }
                    return false;
                });
        assertThat(message(timed(() -> post(hurried, "/")))).contains("no complete answer");
    }

    @Test
    void a_dripping_body_ends_at_the_deadline() {
        receiver.behave(
                (_, out) -> {
                    out.write(
                            "HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n"
                                    .getBytes(StandardCharsets.UTF_8));
                    for (int i = 0; i < 100; i++) {
                        out.write('x');
                        out.flush();
                        Thread.sleep(50);
                    }
                    return false;
                });
        assertThat(message(timed(() -> post(hurried, "/")))).contains("no complete answer");
    }

    @Test
    void an_endless_body_is_cut_and_its_status_counts() {
        receiver.behave(
                (_, out) -> {
                    out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.UTF_8));
                    byte[] chunk = "y".repeat(10_000).getBytes(StandardCharsets.UTF_8);
                    while (true) {
                        out.write(chunk);
                    }
                });
        assertThat(timed(() -> post("/")))
                .isInstanceOfSatisfying(
                        Answer.Status.class,
                        s -> {
                            assertThat(s.code()).isEqualTo(200);
                            assertThat(s.body()).hasSize(Answer.BODY_BYTES_KEPT_MAX);
                        });
    }

    @Test
    void an_endless_head_is_refused() {
        receiver.behave(
                (_, out) -> {
                    out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.UTF_8));
                    while (true) {
                        out.write(
                                "x-more: yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy\r\n"
                                        .getBytes(StandardCharsets.UTF_8));
                    }
                });
        assertThat(timed(() -> post("/"))).isInstanceOf(Answer.None.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nshort",
                "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
                "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhel",
                "HTTP/1.1 200 OK\r\ncontent-length: -5\r\n\r\n",
                "HTTP/1.1 200 OK\r\ncontent-length: 3\r\ncontent-length: 5\r\n\r\nabc",
                "HTTP/1.1 banana\r\n\r\n",
                "SSH-2.0-OpenSSH_9.2\r\n",
                "\0\0\0\0\0\0\0\0"
            })
    void a_broken_answer_is_none(String answer) {
        receiver.behave(
                (_, out) -> {
                    out.write(answer.getBytes(StandardCharsets.UTF_8));
                    return false;
                });
        assertThat(timed(() -> post("/"))).isInstanceOf(Answer.None.class);
    }

    @Test
    void a_connection_that_closed_while_idle_costs_nothing() {
        receiver.behave(
                (_, out) -> {
                    out.write("HTTP/1.1 204 X\r\n\r\n".getBytes(StandardCharsets.UTF_8));
                    return false;
                });
        for (int i = 0; i < 20; i++) {
            assertThat(post("/")).isInstanceOf(Answer.Status.class);
        }
    }

    @Test
    void a_kept_connection_that_closes_on_the_next_request_costs_one_more_try_on_another() {
        post("/first");
        receiver.behave(
                _ ->
                        receiver.requests().size() == 2
                                ? (_, _) -> false
                                : HostileReceiver.status(200));
        assertThat(post("/second")).isEqualTo(new Answer.Status(200, Optional.empty(), ""));
        assertThat(receiver.requests())
                .extracting(HostileReceiver.Request::path)
                .containsExactly("/first", "/second", "/second");
    }

    @Test
    void a_server_that_closes_on_every_request_is_not_asked_for_ever() {
        post("/first");
        receiver.behave((_, _) -> false);
        assertThat(message(post("/second"))).contains("closed");
        assertThat(receiver.requests()).hasSize(3);
    }

    @Test
    void an_answer_that_breaks_off_on_a_kept_connection_is_not_asked_for_again() {
        post("/first");
        receiver.behave(
                (_, out) -> {
                    out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.UTF_8));
                    return false;
                });
        assertThat(post("/second")).isInstanceOf(Answer.None.class);
        assertThat(receiver.requests()).hasSize(2);
    }

    @Test
    void compressed_answers_are_not_unpacked() {
        receiver.behave(
                HostileReceiver.raw(
                        "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 3\r\n\r\nabc"));
        assertThat(post("/")).isEqualTo(new Answer.Status(200, Optional.empty(), "abc"));
    }

    @Test
    void a_plain_server_behind_https_is_told() {
        var answer = send.send(request("https://127.0.0.1:" + receiver.port() + "/"));
        assertThat(answer).isInstanceOf(Answer.None.class);
    }

    @Test
    void a_name_that_turns_private_after_it_was_saved_is_refused_at_the_connection() {
        var turning =
                new AddressGuard(
                        List.of(),
                        _ ->
                                List.of(
                                        InetAddress.ofLiteral(
                                                lookups.getAndIncrement() == 0
                                                        ? "93.184.216.34"
                                                        : "127.0.0.1")));
        assertThat(turning.judge("http://turning.example/"))
                .isEqualTo(new AddressGuard.Judgement.Accepted());
        try (var guarded = new SendWebhook(turning, LONG)) {
            assertThat(
                            message(
                                    guarded.send(
                                            request(
                                                    "http://turning.example:"
                                                            + receiver.port()
                                                            + "/"))))
                    .contains("127.0.0.0/8");
        }
        assertThat(receiver.requests()).isEmpty();
    }

    @Test
    void the_connection_goes_to_the_address_that_was_checked() {
        var names =
                new AddressGuard(
                        List.of(AddressBlock.parse("127.0.0.1", "")),
                        host -> List.of(InetAddress.ofLiteral("127.0.0.1")));
        try (var guarded = new SendWebhook(names, LONG)) {
            assertThat(guarded.send(request("http://nowhere.example:" + receiver.port() + "/x")))
                    .isInstanceOf(Answer.Status.class);
        }
        assertThat(receiver.requests().getFirst().header("host"))
                .isEqualTo("nowhere.example:" + receiver.port());
    }

    @Test
    void a_name_that_does_not_resolve_is_told() {
        var none =
                new AddressGuard(
                        List.of(),
                        host -> {
                            throw new UnknownHostException(host);
                        });
        try (var guarded = new SendWebhook(none, LONG)) {
            assertThat(message(guarded.send(request("http://none.example/"))))
                    .contains("does not resolve");
        }
    }

    @Test
    void proxies_of_the_environment_are_ignored() {
        System.setProperty("http.proxyHost", "192.0.2.1");
        System.setProperty("http.proxyPort", "9");
        try (var fresh = new SendWebhook(guard("127.0.0.1/32"), LONG)) {
            assertThat(fresh.send(request(receiver.url()))).isInstanceOf(Answer.Status.class);
        } finally {
            System.clearProperty("http.proxyHost");
            System.clearProperty("http.proxyPort");
        }
    }

    private Answer post(String path) {
        return post(send, path);
    }

    private Answer post(SendWebhook by, String path) {
        return by.send(request("http://127.0.0.1:" + receiver.port() + path));
    }

    private static WebhookRequest request(String url) {
        return new WebhookRequest(
                url,
                Map.of("content-type", "application/json; charset=utf-8", "x-own", "1"),
                BODY,
                new WebhookRequest.Pool("client", "endpoint"),
                Optional.empty());
    }

    private static AddressGuard guard(String allowed) {
        return new AddressGuard(List.of(AddressBlock.parse(allowed, "")), Names.system());
    }

    private static String message(Answer answer) {
        return ((Answer.None) answer).message();
    }

    private static Answer timed(java.util.function.Supplier<Answer> call) {
        Duration soon = Patience.of(DEADLINE.multipliedBy(3));
        long start = System.nanoTime();
        Answer answer = call.get();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(soon);
        return answer;
    }
}
