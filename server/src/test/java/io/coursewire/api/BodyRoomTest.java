package io.coursewire.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.Patience;
import io.coursewire.api.keys.Caller;
import io.helidon.http.Method;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Bodies that take the memory of all the others.
@Timeout(120)
class BodyRoomTest {
    private static final String PATH = "/api/v1/clients/companyxyz/large";
    private static final CountDownLatch begun = new CountDownLatch(1);

    @RegisterExtension
    static final RunningApi api =
            new RunningApi(
                    new Api(
                            _ -> Optional.of(new Caller.Admin()),
                            _ -> true,
                            new Idempotency(Jdbi.create("jdbc:none"), null, Clock.systemUTC()),
                            new CallTimes(new SimpleMeterRegistry()),
                            List.of(
                                    () ->
                                            List.of(
                                                    Route.ofClient(
                                                            Method.POST,
                                                            "/large",
                                                            BodyRoomTest::large)))));

    private static Answer large(Call call) {
        begun.countDown();
        call.json(Integer.MAX_VALUE - 8);
        return Answer.noContent();
    }

    @Test
    void large_bodies_wait_for_room_and_small_ones_do_not() throws Exception {
        var large = "{\"text\":\"" + "x".repeat(BodyRoom.UNCOUNTED_BYTES) + "\"}";
        try (var _ = halfSent(BodyRoom.ofHeap().bytes())) {
            begun.await();
            assertThat(post("{}")).isEqualTo(204);
            assertThat(postOfUnknownLength("{}")).isEqualTo(204);
            Patience.await(() -> post(large) == 503);
        }
        Patience.await(() -> post(large) == 204);
    }

    private static int post(String body) {
        return api.post("any", PATH, body).status();
    }

    private static int postOfUnknownLength(String body) {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        return api.send(
                        "any",
                        PATH,
                        r ->
                                r.header("Content-Type", "application/json")
                                        .POST(
                                                BodyPublishers.ofInputStream(
                                                        () -> new ByteArrayInputStream(bytes))))
                .status();
    }

    private static Socket halfSent(int bytes) throws IOException {
        var socket = new Socket("127.0.0.1", api.port());
        var head =
                "POST %s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer any\r\n"
                        + "Content-Type: application/json\r\nContent-Length: %d\r\n\r\n{";
        socket.getOutputStream()
                .write(head.formatted(PATH, bytes).getBytes(StandardCharsets.US_ASCII));
        return socket;
    }
}
