package io.coursewire.api;

import io.coursewire.api.keys.ApiKeys;
import io.coursewire.attempts.Announcer;
import io.coursewire.attempts.AnonymiseAttempts;
import io.coursewire.attempts.GiveResults;
import io.coursewire.attempts.ReadAttempts;
import io.coursewire.attempts.RecordReport;
import io.coursewire.attempts.StartAttempt;
import io.coursewire.catalog.AnonymiseParticipant;
import io.coursewire.catalog.Clients;
import io.coursewire.catalog.Participants;
import io.coursewire.catalog.RelabelActivity;
import io.coursewire.catalog.Training;
import io.coursewire.kernel.SecretKey;
import io.coursewire.kernel.Uuid;
import io.coursewire.offline.AnonymiseChanges;
import io.coursewire.offline.CorrectAttempt;
import io.coursewire.offline.EnterResult;
import io.coursewire.offline.MoveAttempts;
import io.coursewire.offline.ReadHistory;
import io.coursewire.offline.exporting.ExportAttempts;
import io.coursewire.offline.importing.ImportFiles;
import io.coursewire.offline.importing.Imports;
import io.coursewire.offline.importing.Mappings;
import io.coursewire.offline.importing.RunImports;
import io.coursewire.packages.ImportPackage;
import io.coursewire.packages.PackageLimits;
import io.coursewire.packages.PackageVersions;
import io.coursewire.packages.content.ContentKeys;
import io.coursewire.packages.content.ContentStore;
import io.coursewire.packages.content.Staging;
import io.coursewire.runtime.launch.CloseSessions;
import io.coursewire.runtime.launch.CreateLaunch;
import io.coursewire.runtime.launch.ExplainAttempt;
import io.coursewire.runtime.launch.LaunchAddresses;
import io.coursewire.runtime.launch.LaunchTokens;
import io.coursewire.runtime.launch.RecordCommits;
import io.coursewire.storage.TestDatabase;
import io.coursewire.webhooks.catchup.ReadFeed;
import io.coursewire.webhooks.watch.CheckLedger;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// Every resource over a real database, with an admin key that tests know.
final class TestApi {
    static final String ADMIN = "the-operators-own-admin-key";
    static final SecretKey SECRET_KEY = SecretKey.of(SecretKey.random());

    private static final PrometheusMeterRegistry METERS =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    static final int UPLOAD_BYTES_MAX = 1 << 20;

    private static final ImportFiles IMPORT_FILES =
            new ImportFiles(Path.of("target", "api-test-data", Uuid.next().toString()));

    private TestApi() {}

    /// Runs until the database is closed.
    static RunningApi over(TestDatabase db) {
        return over(db, api(db.jdbi()));
    }

    static RunningApi over(TestDatabase db, Api api) {
        var running = RunningApi.conforming(api);
        db.beforeClose(running::close);
        return running;
    }

    static Api api(Jdbi jdbi) {
        var clock = Clock.systemUTC();
        var clients = new Clients(jdbi, clock);
        var participants = new Participants(jdbi, clock);
        var training = new Training(jdbi, clock);
        var keys = new ApiKeys(jdbi, SECRET_KEY, clock);
        keys.useAdminKey(ADMIN);
        return new Api(
                keys,
                clients::exist,
                new Idempotency(jdbi, SECRET_KEY, clock),
                new CallTimes(METERS),
                List.of(
                        new ClientsResource(clients, _ -> true),
                        new KeysResource(keys),
                        new UsersResource(
                                participants,
                                new AnonymiseParticipant(
                                        jdbi,
                                        clock,
                                        List.of(new AnonymiseAttempts(), new AnonymiseChanges()))),
                        new ActivitiesResource(training, new RelabelActivity(jdbi, clock), clients),
                        new PackagesResource(importing(jdbi), training, clients),
                        launches(jdbi, clock, new References(clients, participants, training)),
                        new AttemptsResource(new ReadAttempts(jdbi)),
                        new AttemptExplanationResource(
                                new ExplainAttempt(
                                        jdbi,
                                        new PackageVersions(jdbi),
                                        new RecordReport(jdbi, new ToldNobody(), clock))),
                        offline(jdbi, clock, new References(clients, participants, training)),
                        new ImportsResource(
                                new Imports(jdbi, IMPORT_FILES, clock), new Mappings(jdbi, clock)),
                        new MappingsResource(new Mappings(jdbi, clock)),
                        moves(
                                jdbi,
                                clock,
                                participants,
                                new References(clients, participants, training)),
                        new ExportsResource(
                                new ExportAttempts(new ReadAttempts(jdbi)),
                                new ExportLinks(SECRET_KEY, clock),
                                () -> ""),
                        TestWebhooks.webhooks(jdbi, clock),
                        TestWebhooks.deliveries(jdbi, clock),
                        new EventsResource(new ReadFeed(jdbi)),
                        TestWebhooks.replays(jdbi, clock),
                        new LedgerResource(new CheckLedger(jdbi)),
                        TestWebhooks.explanations(jdbi, clock),
                        new MetricsResource(METERS, Scope.ADMIN),
                        new DocumentsResource()));
    }

    private static LaunchesResource launches(Jdbi jdbi, Clock clock, References references) {
        var packages = new PackageVersions(jdbi);
        var addresses =
                new LaunchAddresses("http://content.example", new LaunchTokens(SECRET_KEY::mac));
        var recordReport = new RecordReport(jdbi, new ToldNobody(), clock);
        return new LaunchesResource(
                new CreateLaunch(jdbi, packages, new StartAttempt(clock), addresses, clock),
                new CloseSessions(
                        jdbi, new RecordCommits(jdbi, packages, recordReport, clock), clock),
                references);
    }

    private static OfflineResource offline(Jdbi jdbi, Clock clock, References references) {
        var recordReport = new RecordReport(jdbi, new ToldNobody(), clock);
        var giveResults = new GiveResults(recordReport, clock);
        return new OfflineResource(
                new EnterResult(jdbi, giveResults, recordReport, clock),
                new CorrectAttempt(jdbi, giveResults, recordReport, clock),
                new ReadHistory(jdbi, new ReadAttempts(jdbi), (_, _, _, _) -> {}),
                references,
                clock);
    }

    private static MovesResource moves(
            Jdbi jdbi, Clock clock, Participants participants, References references) {
        var recordReport = new RecordReport(jdbi, new ToldNobody(), clock);
        var giveResults = new GiveResults(recordReport, clock);
        return new MovesResource(
                new MoveAttempts(jdbi, giveResults, recordReport, clock), participants, references);
    }

    /// Works on the imports that were submitted, to their ends.
    static void runImports(Jdbi jdbi) {
        var clock = Clock.systemUTC();
        var recordReport = new RecordReport(jdbi, new ToldNobody(), clock);
        var run = RunImports.of(jdbi, IMPORT_FILES, recordReport, _ -> true, clock);
        while (run.runOne()) {}
    }

    private static ImportPackage importing(Jdbi jdbi) {
        var data = Path.of("target", "api-test-data", Uuid.next().toString());
        return new ImportPackage(
                jdbi,
                new ImportPackage.PackageFolders(new Staging(data), new ContentStore(data)),
                new ContentKeys(SecretKey.random()),
                new PackageLimits(UPLOAD_BYTES_MAX, 8L << 20, 8L << 20, 100, 100, 0),
                Clock.systemUTC());
    }

    private static final class ToldNobody implements Announcer {
        @Override
        public void announce(Handle db, List<Announcement> announcements) {}

        @Override
        public void committed() {}
    }

    /// A new client; its path below the API, and a key of its own.
    record TestClient(String id, String path, String key) {}

    static TestClient givenClient(RunningApi api) {
        var id = "c-" + Uuid.next();
        api.put(
                ADMIN,
                "/api/v1/clients/" + id,
                "{\"name\":\"Company\",\"defaultLanguage\":\"en\"}");
        return withKey(api, id);
    }

    static TestClient withKey(RunningApi api, String id) {
        var path = "/api/v1/clients/" + id;
        var key =
                api.post(ADMIN, path + "/keys", "{\"name\":\"test\"}").json().get("key").asString();
        return new TestClient(id, path, key);
    }
}
