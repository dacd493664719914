package io.coursewire.webhooks.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/// Turns measures into alerts: raised when something is wrong, cleared when it is right again.
public final class Watch {
    public static final Duration BACKLOG_AGE_MAX = Duration.ofMinutes(5);
    public static final long DISK_BYTES_MIN = 1L << 30;

    private final Jdbi jdbi;
    private final Alerts alerts;
    private final Path dataDir;

    public Watch(Jdbi jdbi, Alerts alerts, Path dataDir) {
        this.jdbi = jdbi;
        this.alerts = alerts;
        this.dataDir = dataDir;
    }

    public void judge(Measured measured) {
        Duration age = measured.oldestNotFannedOut().orElse(Duration.ZERO);
        tell(
                age.compareTo(BACKLOG_AGE_MAX) > 0,
                new Alert(
                        Alert.Kind.BACKLOG,
                        "events",
                        Optional.empty(),
                        "%d events are not given to their webhooks, the oldest for %d s"
                                .formatted(measured.notFannedOut(), age.toSeconds())));
        for (Measured.OfClient client : measured.clients()) {
            tell(
                    client.difference() != 0,
                    new Alert(
                            Alert.Kind.LEDGER,
                            client.client().value(),
                            Optional.of(client.client()),
                            "accepted differs by %d from what became of it; GET /api/v1/ledger names the events"
                                    .formatted(client.difference())));
        }
        watchDisk();
    }

    private void watchDisk() {
        try {
            long free = Files.getFileStore(dataDir).getUsableSpace();
            tellOfDisk(
                    free < DISK_BYTES_MIN,
                    "%d MiB are free in the data folder".formatted(free >> 20));
        } catch (IOException e) {
            tellOfDisk(true, "the data folder cannot be looked at: " + e);
        }
    }

    private void tellOfDisk(boolean wrong, String detail) {
        tell(wrong, new Alert(Alert.Kind.DISK, dataDir.toString(), Optional.empty(), detail));
    }

    private void tell(boolean wrong, Alert alert) {
        jdbi.useTransaction(
                db -> {
                    if (wrong) {
                        alerts.raise(db, alert);
                    } else {
                        alerts.clear(db, alert);
                    }
                });
    }
}
