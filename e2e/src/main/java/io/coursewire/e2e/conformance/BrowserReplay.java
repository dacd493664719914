package io.coursewire.e2e.conformance;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.PlaywrightException;
import io.coursewire.app.remote.ApiClient;
import io.coursewire.runtime.scorm2004.conformance.ConformanceCase;
import io.coursewire.runtime.scorm2004.conformance.Difference;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Replays conformance cases through the real player: every delivery, control and command.
public final class BrowserReplay {
    private final Path directory;
    private final Browser browser;
    private final ApiClient api;
    private final PrintStream out;
    private int passed;
    private int failed;

    private BrowserReplay(Path directory, Browser browser, ApiClient api, PrintStream out) {
        this.directory = directory;
        this.browser = browser;
        this.api = api;
        this.out = out;
    }

    /// Replays these cases of a directory, all where none is named. Prints each failing case with its first
    /// difference, then the sums.
    ///
    /// @return whether none failed
    public static boolean run(
            Path directory, List<String> only, Browser browser, ApiClient api, PrintStream out) {
        var replay = new BrowserReplay(directory, browser, api, out);
        var cases = only.isEmpty() ? ConformanceCase.identifiers(directory) : only;
        cases.forEach(replay::replay);
        out.printf("%d passed, %d failed, 0 not applicable%n", replay.passed, replay.failed);
        return replay.failed == 0;
    }

    private void replay(String id) {
        var difference = firstDifference(ConformanceCase.read(directory, id));
        difference.ifPresent(found -> out.println(id + ": " + found));
        if (difference.isPresent()) {
            failed++;
        } else {
            passed++;
        }
    }

    // A case that needs others before it gets them, with the same learner.
    private Optional<String> firstDifference(ConformanceCase wanted) {
        var chain = new ArrayList<ConformanceCase>();
        wanted.after().forEach(id -> chain.add(ConformanceCase.read(directory, id)));
        chain.add(wanted);
        var learner = new Participant(api, "learner-of-" + wanted.id());
        try {
            for (var each : chain) {
                bring(learner, each);
                try (var played = new PlayedCase(each, learner, browser)) {
                    played.run();
                }
            }
            return Optional.empty();
        } catch (Difference e) {
            return Optional.of(e.getMessage());
        } catch (IOException | PlaywrightException e) {
            // One case that cannot be replayed must not hide what the others say.
            return Optional.of(
                    "cannot be replayed: " + e.getMessage().lines().findFirst().orElse(""));
        }
    }

    private static void bring(Participant learner, ConformanceCase wanted) throws IOException {
        var folder = Files.createTempDirectory("coursewire-case");
        for (var manifest : wanted.manifests().entrySet()) {
            var zip = StubPackage.write(wanted, manifest.getValue(), folder);
            learner.bring(manifest.getKey(), zip);
            Files.delete(zip);
        }
        Files.delete(folder);
    }
}
