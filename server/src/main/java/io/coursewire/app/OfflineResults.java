package io.coursewire.app;

import io.coursewire.api.ImportsResource;
import io.coursewire.api.MappingsResource;
import io.coursewire.api.MovesResource;
import io.coursewire.api.OfflineResource;
import io.coursewire.api.References;
import io.coursewire.api.Resource;
import io.coursewire.attempts.GiveResults;
import io.coursewire.attempts.ReadAttempts;
import io.coursewire.attempts.RecordReport;
import io.coursewire.catalog.Participants;
import io.coursewire.offline.CorrectAttempt;
import io.coursewire.offline.EnterResult;
import io.coursewire.offline.MoveAttempts;
import io.coursewire.offline.ReadHistory;
import io.coursewire.offline.importing.ImportFiles;
import io.coursewire.offline.importing.Imports;
import io.coursewire.offline.importing.Mappings;
import io.coursewire.offline.importing.RunImports;
import io.coursewire.offline.importing.TellImported;
import io.coursewire.webhooks.AttemptEvents;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jdbi.v3.core.Jdbi;

/// The offline results of one server: what enters and corrects them, what imports files of them once it is started,
/// and what administrators see of it.
final class OfflineResults implements AutoCloseable {
    private static final Duration IMPORT_PAUSE = Duration.ofMillis(500);

    private static final Duration FORGET_PAUSE = Duration.ofHours(1);

    private final EnterResult enterResult;
    private final CorrectAttempt correctAttempt;
    private final MoveAttempts moveAttempts;
    private final ReadHistory readHistory;
    private final Imports imports;
    private final Mappings mappings;
    private final RunImports runImports;
    private final TellImported tellImported;
    private final Clock clock;
    private final Parts workers = new Parts();
    private volatile boolean stopping;

    /// `live` tells whether anybody plays: imports give way then.
    OfflineResults(
            Jdbi jdbi, Path dataDir, RecordReport recordReport, BooleanSupplier live, Clock clock) {
        this.clock = clock;
        var giveResults = new GiveResults(recordReport, clock);
        var files = new ImportFiles(dataDir);
        enterResult = new EnterResult(jdbi, giveResults, recordReport, clock);
        correctAttempt = new CorrectAttempt(jdbi, giveResults, recordReport, clock);
        moveAttempts = new MoveAttempts(jdbi, giveResults, recordReport, clock);
        var events = new AttemptEvents(jdbi);
        readHistory =
                new ReadHistory(
                        jdbi,
                        new ReadAttempts(jdbi),
                        (client, attempt, limit, reader) ->
                                events.of(client, attempt, 0, limit)
                                        .forEach(
                                                told ->
                                                        reader.told(
                                                                told.type(),
                                                                told.version(),
                                                                told.at(),
                                                                told.payload())));
        imports = new Imports(jdbi, files, clock);
        mappings = new Mappings(jdbi, clock);
        runImports =
                RunImports.of(
                        jdbi,
                        files,
                        recordReport,
                        RunImports.givingWay(live, () -> stopping),
                        clock);
        tellImported = new TellImported(jdbi, giveResults, recordReport);
    }

    List<Resource> resources(References references, Participants participants) {
        return List.of(
                new OfflineResource(enterResult, correctAttempt, readHistory, references, clock),
                new MovesResource(moveAttempts, participants, references),
                new ImportsResource(imports, mappings),
                new MappingsResource(mappings));
    }

    void start() {
        workers.add("imports", Repeat.every(IMPORT_PAUSE, "importing results", runImports::runOne));
        workers.add(
                "forgetting imports",
                Repeat.every(
                        FORGET_PAUSE,
                        "forgetting what imports left",
                        () -> {
                            imports.forget();
                            return false;
                        }));
        workers.add(
                "telling of imports",
                Repeat.every(
                        TellImported.PAUSE,
                        "telling of imported results",
                        () -> tellImported.round() < 0));
    }

    /// An import under way stops after its batch, to be gone on with at the next start.
    @Override
    public void close() {
        stopping = true;
        workers.close();
    }
}
