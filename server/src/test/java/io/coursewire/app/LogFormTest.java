package io.coursewire.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/// How a line of the log looks.
class LogFormTest {
    private static final Logger ROOT = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);

    @Test
    void a_line_names_its_request_where_it_is_of_one() {
        assertThat(line()).endsWith("INFO  LogFormTest a message\n");
        try (var _ = MDC.putCloseable("requestId", "mine-1")) {
            assertThat(line()).endsWith("INFO  LogFormTest request=mine-1 a message\n");
        }
    }

    private static String line() {
        var log = (Logger) LoggerFactory.getLogger(LogFormTest.class);
        var event =
                new LoggingEvent(
                        LogFormTest.class.getName(), log, Level.INFO, "a message", null, null);
        var appender = (ConsoleAppender<ILoggingEvent>) ROOT.getAppender("stderr");
        return new String(appender.getEncoder().encode(event), StandardCharsets.UTF_8);
    }
}
