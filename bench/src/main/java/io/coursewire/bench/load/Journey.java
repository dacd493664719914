package io.coursewire.bench.load;

/// The versions of a participant's one attempt on their way from the participant to the receiver.
public final class Journey {
    /// How many may be on their way at once; far more than a load lets happen.
    static final int VERSIONS_MAX = 1 << 10;

    private final String participant;
    private final long[] departedNanos = new long[VERSIONS_MAX];
    private long lastDeparted;
    private long lastArrived;

    Journey(String participant) {
        this.participant = participant;
    }

    /// @param settled how many versions are done with now, those included that this one made useless; 0 for one
    ///     that came again
    record Arrival(long departedNanos, long settled) {}

    String participant() {
        return participant;
    }

    /// The next version begins its journey.
    synchronized long depart(long nowNanos) {
        lastDeparted++;
        departedNanos[slot(lastDeparted)] = nowNanos;
        return lastDeparted;
    }

    synchronized Arrival arrive(long version) {
        if (version > lastDeparted) {
            throw new IllegalStateException(
                    "version %d of %s arrived, %d was the last to depart"
                            .formatted(version, participant, lastDeparted));
        }
        long settled = Math.max(0, version - lastArrived);
        lastArrived += settled;
        return new Arrival(departedNanos[slot(version)], settled);
    }

    private static int slot(long version) {
        return (int) (version & (VERSIONS_MAX - 1));
    }
}
