package io.coursewire.runtime.scorm2004.sequencing;

import io.coursewire.runtime.scorm2004.sequencing.NavigationRequest.Choice;
import io.coursewire.runtime.scorm2004.sequencing.NavigationRequest.Jump;
import io.coursewire.runtime.scorm2004.sequencing.NavigationRequest.Plain;
import io.coursewire.runtime.scorm2004.sequencing.RunTimeData.Report;
import io.coursewire.runtime.scorm2004.sequencing.RunTimeData.Score;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;

/// What learners and content do, at random.
final class GeneratedRequests {
    private final SplittableRandom random;
    private final ActivityTree tree;

    GeneratedRequests(long seed, ActivityTree tree) {
        random = new SplittableRandom(seed);
        this.tree = tree;
    }

    /// One step: a launch now and then, otherwise a request after a report.
    Outcome step(TrackingState state) {
        if (random.nextInt(8) == 0) {
            var choose = random.nextBoolean() ? Optional.<String>empty() : Optional.of(item());
            return Sequencer.launch(tree, state, choose);
        }
        return Sequencer.finish(tree, state, report(), request());
    }

    NavigationRequest request() {
        return switch (random.nextInt(10)) {
            case 0, 1 -> new Choice(item());
            case 2 -> new Jump(item());
            case 3, 4, 5 -> Plain.CONTINUE;
            default -> Plain.values()[random.nextInt(Plain.values().length)];
        };
    }

    private String item() {
        return random.nextInt(50) == 0 ? "nobody" : "i" + random.nextInt(tree.items().size());
    }

    RunTimeData report() {
        var objectives = new LinkedHashMap<String, Report>();
        for (var id : new String[] {"p", "o1", "o2", "unheard"}) {
            if (random.nextInt(3) == 0) {
                objectives.put(id, status());
            }
        }
        var data = random.nextInt(4) == 0 ? Map.of("g1", "text") : Map.<String, String>of();
        return new RunTimeData(
                status(), objectives, random.nextInt(4) == 0, random.nextInt(100), data);
    }

    private Report status() {
        return new Report(
                word("completed", "incomplete", "not attempted", "unknown"),
                word("passed", "failed", "unknown"),
                number(0, 10),
                new Score(number(-10, 10), number(0, 100), number(0, 1), number(0, 100)));
    }

    private Optional<String> word(String... words) {
        return random.nextBoolean()
                ? Optional.empty()
                : Optional.of(words[random.nextInt(words.length)]);
    }

    private OptionalDouble number(int from, int to) {
        return random.nextBoolean()
                ? OptionalDouble.empty()
                : OptionalDouble.of(random.nextInt(from, to + 1) / 10.0);
    }
}
