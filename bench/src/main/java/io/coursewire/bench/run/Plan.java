package io.coursewire.bench.run;

import java.time.Duration;

/// How much is prepared and how hard it is loaded.
///
/// @param clients each with an endpoint of its own
/// @param onTheirWayMax commits sent whose webhooks have not arrived; far fewer than there are participants, so
///     that no participant commits again before its last webhook is out
/// @param warmUpCommits of each program before anything is measured; the larger program's methods take some 200,000
///     until all that are hot are compiled at their best
/// @param rounds of both programs in turn, so that what else the machine does hits both
/// @param load how long a round is measured
/// @param idle how long latency without load is measured
public record Plan(
        int clients,
        int participantsPerClient,
        int connections,
        int onTheirWayMax,
        int warmUpCommits,
        int rounds,
        Duration load,
        Duration idle) {
    /// How long a load runs before it counts.
    static final Duration SETTLE = Duration.ofMillis(500);

    /// Between two commits when latency without load is measured.
    static final Duration IDLE_PAUSE = Duration.ofMillis(20);

    /// Between two commits over a connection when a live load is to be steady, not all that goes.
    static final Duration LIVE_PAUSE = Duration.ofMillis(200);

    static final int IN_FLIGHT_PER_ENDPOINT_MAX = 64;

    static final Plan FULL =
            new Plan(
                    4, 1_000, 128, 512, 250_000, 5, Duration.ofSeconds(10), Duration.ofSeconds(10));

    static final Plan SHORT =
            new Plan(2, 750, 128, 512, 15_000, 2, Duration.ofSeconds(3), Duration.ofSeconds(2));

    Plan withLoad(int connections, int rounds, Duration load) {
        return new Plan(
                clients,
                participantsPerClient,
                connections,
                onTheirWayMax,
                warmUpCommits,
                rounds,
                load,
                idle);
    }

    int participants() {
        return clients * participantsPerClient;
    }

    int inFlightMax() {
        return clients * IN_FLIGHT_PER_ENDPOINT_MAX;
    }
}
