package io.coursewire.storage;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class TellFailuresTest {
    private static final long SECOND = 1_000_000_000;

    private final Logger log = (Logger) LoggerFactory.getLogger("told");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final AtomicLong nanos = new AtomicLong();
    private final TellFailures failures = new TellFailures(log, "sweeping", nanos::get);

    TellFailuresTest() {
        log.setLevel(Level.INFO);
        lines.start();
        log.addAppender(lines);
    }

    @AfterEach
    void stop() {
        log.detachAppender(lines);
    }

    @Test
    void an_outage_is_a_line_when_it_begins_and_one_when_it_ends() {
        for (int i = 0; i < 100; i++) {
            failures.failed(
                    new IllegalStateException(
                            new SQLException("refused", i < 50 ? "08001" : "57P01")));
            nanos.addAndGet(SECOND);
        }
        failures.succeeded();
        nanos.addAndGet(TellFailures.OVER_AFTER.toNanos());
        failures.succeeded();
        failures.succeeded();
        assertThat(told())
                .containsExactly(
                        "sweeping fails, as the database cannot be reached: refused",
                        "sweeping works again: it failed 100 times within 99 s");
        assertThat(lines.list).allMatch(line -> line.getThrowableProxy() == null);
    }

    @Test
    void each_other_cause_is_told_once_with_its_trace() {
        for (int i = 0; i < 10; i++) {
            failures.failed(new SQLException("away", "08001"));
            failures.failed(bug());
            failures.failed(new SQLException("read-only", "25006"));
        }
        assertThat(lines.list).hasSize(3);
        assertThat(lines.list).filteredOn(line -> line.getThrowableProxy() != null).hasSize(2);
    }

    @Test
    void what_fails_now_and_then_is_told_once() {
        for (int i = 0; i < 10; i++) {
            failures.failed(bug());
            nanos.addAndGet(SECOND);
            failures.succeeded();
        }
        assertThat(lines.list).hasSize(1);
    }

    private static RuntimeException bug() {
        return new IllegalStateException("a bug");
    }

    private List<String> told() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
