package io.coursewire.bench.load;

import java.io.IOException;
import java.net.URI;
import java.time.Instant;

/// One participant's open session, which sends its commits one after the other. Used by one thread at a time.
public final class Player {
    private static final int OK = 200;

    private final Journey journey;
    private final Standard standard;
    private final String head;
    private int sequence;

    public Player(URI origin, String commitsPath, Journey journey, Standard standard) {
        this.journey = journey;
        this.standard = standard;
        this.head =
                "POST %s HTTP/1.1\r\nHost: %s:%d\r\nContent-Type: application/json\r\n"
                        .formatted(commitsPath, origin.getHost(), origin.getPort());
    }

    private static String markHeader(String mark) {
        return CommitRequest.MARK_HEADER + ": " + mark + "\r\n";
    }

    /// Sends the next commit and waits until the server has acknowledged it.
    void commit(Flow flow, Connection connection) throws IOException, InterruptedException {
        sequence++;
        String mark = journey.participant() + "." + flow.depart(journey);
        byte[] request =
                CommitRequest.write(head + markHeader(mark), standard, sequence, Instant.now());
        MessageReader answer = connection.exchange(request);
        if (answer.status() != OK) {
            throw new BenchFailed(
                    "a commit was answered " + answer.status() + ": " + answer.body());
        }
        flow.acknowledged();
    }
}
