package io.coursewire.bench.measure;

import java.time.Duration;

/// Processor time that has gone into a load so far, by who used it.
///
/// @param program the server that is measured
/// @param load the generator and receiver
public record Usage(Duration program, Duration database, Duration load) {
    public static final Usage NONE = new Usage(Duration.ZERO, Duration.ZERO, Duration.ZERO);

    public Usage plus(Usage other) {
        return new Usage(
                program.plus(other.program), database.plus(other.database), load.plus(other.load));
    }

    public Usage minus(Usage other) {
        return new Usage(
                program.minus(other.program),
                database.minus(other.database),
                load.minus(other.load));
    }
}
