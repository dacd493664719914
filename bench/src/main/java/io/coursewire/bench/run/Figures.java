package io.coursewire.bench.run;

import io.coursewire.bench.measure.Phase;
import java.util.List;

/// What a run found.
///
/// @param webhookBytes mean size of a webhook's body, of what is measured
record Figures(Plan plan, int webhookBytes, OfProgram measured, OfProgram beside) {
    record OfProgram(String name, List<Phase> rounds, Phase idle) {
        OfProgram {
            rounds = List.copyOf(rounds);
        }

        Phase loaded() {
            return Phase.sum(rounds);
        }
    }

    /// Of the rates of delivered webhooks, round by round: what disturbs the machine disturbs both.
    List<Double> ratios() {
        return java.util.stream.IntStream.range(0, measured.rounds().size())
                .mapToObj(
                        i ->
                                measured.rounds().get(i).deliveredPerSecond()
                                        / beside.rounds().get(i).deliveredPerSecond())
                .toList();
    }

    /// The median of the rounds.
    double ratio() {
        var sorted = ratios().stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1
                ? sorted.get(middle)
                : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
