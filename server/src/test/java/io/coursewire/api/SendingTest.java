package io.coursewire.api;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.coursewire.RawHttp;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/// Answers that are written while they are sent.
class SendingTest {
    private static final Logger LOG = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);

    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        lines.start();
        LOG.addAppender(lines);
    }

    @AfterEach
    void stop() {
        LOG.detachAppender(lines);
    }

    @Test
    void one_that_cannot_be_finished_is_not_taken_for_all_of_it() throws Exception {
        try (var api = api(SendingTest::half)) {
            assertThat(RawHttp.answer(api.port(), "GET /streamed HTTP/1.1\r\nHost: x\r\n\r\n"))
                    .contains("xxx")
                    .doesNotEndWith("0\r\n\r\n");
        }
        assertThat(lines.list)
                .singleElement()
                .satisfies(line -> assertThat(line.getLevel()).isEqualTo(Level.ERROR))
                .extracting(line -> line.getThrowableProxy().getMessage())
                .isEqualTo("a bug");
    }

    @Test
    void to_write_nothing_ends_nothing() {
        var text = "x".repeat(100_000);
        Answer.Writing writing =
                out -> {
                    for (var part : List.of("", text, "", "end")) {
                        out.write(part.getBytes(StandardCharsets.US_ASCII));
                    }
                };
        try (var api = api(writing)) {
            assertThat(api.get("any", "/streamed").response().body()).hasSize(100_003);
        }
    }

    @Test
    void a_caller_that_goes_away_in_the_middle_is_nobodys_failure() throws Exception {
        try (var api = api(SendingTest::endless);
                var caller = new Socket("127.0.0.1", api.port())) {
            caller.getOutputStream()
                    .write(
                            "GET /streamed HTTP/1.1\r\nHost: x\r\n\r\n"
                                    .getBytes(StandardCharsets.US_ASCII));
            assertThat(caller.getInputStream().read()).isEqualTo('H');
        }
        assertThat(lines.list).isEmpty();
    }

    private static RunningApi api(Answer.Writing writing) {
        return new RunningApi(
                new Api(
                        _ -> Optional.empty(),
                        _ -> false,
                        new Idempotency(Jdbi.create("jdbc:none"), null, Clock.systemUTC()),
                        new CallTimes(new SimpleMeterRegistry()),
                        List.of(() -> List.of(Route.open("/streamed", _ -> streamed(writing))))));
    }

    private static Answer streamed(Answer.Writing writing) {
        return new Answer(200, Map.of(), new Answer.Streamed("text/plain", writing));
    }

    // Closes what it writes to, as writers of files do.
    private static void half(OutputStream out) throws IOException {
        try (out) {
            out.write("x".repeat(100_000).getBytes(StandardCharsets.US_ASCII));
            throw new IllegalStateException("a bug");
        }
    }

    private static void endless(OutputStream out) throws IOException {
        try (out) {
            while (true) {
                out.write(new byte[100_000]);
            }
        }
    }
}
