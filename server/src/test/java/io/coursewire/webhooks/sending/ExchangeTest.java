package io.coursewire.webhooks.sending;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.channels.AsynchronousCloseException;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// How an exchange ends that its connection never began.
class ExchangeTest {
    @ParameterizedTest
    @MethodSource("closings")
    void a_connection_that_closes_before_it_begins_the_request_was_closed_while_idle(
            IOException closing) {
        assertThat(failed(closing).closedWhileIdle()).isTrue();
    }

    static IOException[] closings() {
        return new IOException[] {
            new EOFException(),
            new AsynchronousCloseException(),
            new IOException("Connection reset")
        };
    }

    @ParameterizedTest
    @MethodSource("others")
    void a_request_that_gets_no_connection_was_not(IOException other) {
        assertThat(failed(other).closedWhileIdle()).isFalse();
    }

    static IOException[] others() {
        return new IOException[] {new ConnectException("refused"), new IOException("no route")};
    }

    private static Exchange failed(IOException cause) {
        var exchange = new Exchange(Duration.ofSeconds(1), 10);
        exchange.failed(cause);
        return exchange;
    }
}
