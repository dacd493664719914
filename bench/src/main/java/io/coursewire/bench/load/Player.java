package io.coursewire.bench.load;

import java.io.IOException;
import java.net.URI;
import java.time.Instant;

/// One participant's open session, which sends its commits one after the other. Used by one thread at a time.
public final class Player {
    private static final int OK = 200;

    private final Journey journey;
    private final String head;
    private int sequence;

    public Player(URI origin, String commitsPath, Journey journey) {
        this.journey = journey;
        this.head =
                "POST %s HTTP/1.1\r\nHost: %s:%d\r\nContent-Type: application/json\r\n"
                        .formatted(commitsPath, origin.getHost(), origin.getPort());
    }

    /// Sends the next commit and waits until the server has acknowledged it.
    void commit(Flow flow, Connection connection) throws IOException, InterruptedException {
        sequence++;
        String mark = journey.attemptId() + "." + flow.depart(journey);
        byte[] request = CommitRequest.write(head, mark, sequence, Instant.now());
        MessageReader answer = connection.exchange(request);
        if (answer.status() != OK) {
            throw new BenchFailed(
                    "a commit was answered " + answer.status() + ": " + answer.body());
        }
        flow.acknowledged();
    }
}
