package io.coursewire.runtime.scorm2004.conformance;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Replays conformance cases on the sequencing engine: deliveries, controls, navigation validity and seeded values.
public final class ConformanceReplay {
    private final Path directory;
    private final PrintStream out;
    private int passed;
    private int failed;
    private int notApplicable;

    private ConformanceReplay(Path directory, PrintStream out) {
        this.directory = directory;
        this.out = out;
    }

    /// Replays all cases of a directory, or one of them. Prints each failing case with its first difference, then the sums.
    ///
    /// @return whether none failed
    public static boolean run(Path directory, Optional<String> only, PrintStream out) {
        var replay = new ConformanceReplay(directory, out);
        only.map(List::of)
                .orElseGet(() -> ConformanceCase.identifiers(directory))
                .forEach(replay::replay);
        out.printf(
                "%d passed, %d failed, %d not applicable%n",
                replay.passed, replay.failed, replay.notApplicable);
        return replay.failed == 0;
    }

    private void replay(String id) {
        var wanted = ConformanceCase.read(directory, id);
        if (!wanted.applicable()) {
            notApplicable++;
            return;
        }
        var difference = firstDifference(wanted);
        difference.ifPresent(found -> out.println(id + ": " + found));
        if (difference.isPresent()) {
            failed++;
        } else {
            passed++;
        }
    }

    private Optional<String> firstDifference(ConformanceCase wanted) {
        var chain = new ArrayList<ConformanceCase>();
        wanted.after().forEach(id -> chain.add(ConformanceCase.read(directory, id)));
        chain.add(wanted);
        var learner = new Learner();
        try {
            for (var each : chain) {
                new CaseReplay(each, learner).run();
            }
            return Optional.empty();
        } catch (Difference e) {
            return Optional.of(e.getMessage());
        } catch (RuntimeException e) {
            // One case that cannot be replayed must not hide what the others say.
            return Optional.of("cannot be replayed: " + e);
        }
    }
}
