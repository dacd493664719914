package io.coursewire.app;

import io.coursewire.api.Api;
import io.coursewire.api.ExportLinks;
import io.coursewire.api.ExportsResource;
import io.coursewire.api.Health;
import io.coursewire.api.Idempotency;
import io.coursewire.api.Resource;
import io.coursewire.api.keys.ApiKeys;
import io.coursewire.app.settings.Endpoints;
import io.coursewire.app.settings.Settings;
import io.coursewire.app.tracing.NoTraces;
import io.coursewire.app.tracing.Traces;
import io.coursewire.kernel.SecretKey;
import io.coursewire.offline.exporting.ExportAttempts;
import io.coursewire.runtime.aicc.hacp.HacpService;
import io.coursewire.runtime.content.CourseFiles;
import io.coursewire.runtime.launch.CreateLaunch;
import io.coursewire.runtime.launch.LaunchAddresses;
import io.coursewire.runtime.player.PlayerPages;
import io.coursewire.storage.Database;
import io.coursewire.webhooks.sending.AddressBlock;
import io.helidon.webserver.http.HttpRouting;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/// A whole server: everything that it is made of is started here and stopped in reverse order.
public final class Coursewire implements AutoCloseable {
    private static final Duration SESSION_SILENCE_MAX = Duration.ofMinutes(10);
    private static final Duration SWEEP_PAUSE = Duration.ofSeconds(15);
    private static final Duration WATCH_PAUSE = Duration.ofSeconds(15);
    private static final Duration HISTORY_PAUSE = Duration.ofHours(1);
    private static final Duration ABANDONED_PAUSE = Duration.ofMinutes(5);
    private static final Duration ANSWERS_PAUSE = Duration.ofMinutes(10);

    // As exact as the database: what is answered at once is what is read later.
    private final Clock clock = Clock.tick(Clock.systemUTC(), Duration.of(1, ChronoUnit.MICROS));
    private final Parts parts;
    private final Settings settings;
    private final Health health;
    private final Metering metering;
    private final Delivery delivery;
    private final Features features;
    private final Courses courses;
    private final OfflineResults offline;
    private final ApiKeys apiKeys;
    private final Idempotency idempotency;
    private final Origin content;
    private final Origin api;
    private final Optional<Origin> metrics;

    private Coursewire(
            Parts parts, Settings settings, Database database, SecretKey key, Traces traces) {
        this.parts = parts;
        this.settings = settings;
        var jdbi = database.jdbi();
        health = new Health(database::answers);
        metering = parts.add("metering", new Metering(database, traces::call));
        delivery =
                parts.add(
                        "delivery",
                        new Delivery(
                                jdbi,
                                key,
                                new Delivery.Place(
                                        allowedTargets(settings),
                                        this::apiUrl,
                                        settings.dataDir(),
                                        settings.retention()),
                                new Delivery.Watchers(
                                        new DeliveryMeters(metering.registry), traces),
                                clock));
        features =
                parts.add(
                        "features",
                        new Features(
                                jdbi, key, new TellOutbox(delivery.outbox, traces), traces, clock));
        metering.gauge(
                "coursewire.commits.queued",
                "Requests of the player that wait to be written",
                features.commits::queued);
        courses = new Courses(settings, jdbi, key, clock);
        courses.warnOfDeadLinks(features.clients);
        offline =
                parts.add(
                        "offline results",
                        new OfflineResults(
                                jdbi,
                                settings.dataDir(),
                                features.recordReport,
                                features.liveCommits::areUnderWay,
                                clock));
        apiKeys = new ApiKeys(jdbi, key, clock);
        idempotency = new Idempotency(jdbi, key, clock);
        var exports =
                new ExportsResource(
                        new ExportAttempts(features.readAttempts),
                        new ExportLinks(key, clock),
                        this::apiUrl);
        var resources = new ApiResources(features, courses, offline, exports, delivery);
        Endpoints at = settings.endpoints();
        content = origin("content", at.contentPort(), contentRouting(resources));
        api = origin("api", at.port(), apiRouting(resources, jdbi));
        metrics = at.metricsPort().map(port -> origin("metrics", port, metricsRouting()));
        delivery.start();
        offline.start();
        startSweepers();
    }

    /// Starts on an open, migrated database; accepts requests when it returns, and leaves nothing running when
    /// it throws.
    public static Coursewire start(Settings settings, Database database, SecretKey key) {
        return start(settings, database, key, new NoTraces());
    }

    /// The same with traces, which it closes last.
    public static Coursewire start(
            Settings settings, Database database, SecretKey key, Traces traces) {
        var parts = new Parts();
        parts.add("traces", traces);
        try {
            return new Coursewire(parts, settings, database, key, traces);
        } catch (RuntimeException e) {
            parts.close();
            throw e;
        }
    }

    public String apiUrl() {
        return settings.endpoints().publicUrl().orElseGet(() -> "http://localhost:" + api.port());
    }

    public String contentUrl() {
        return settings.endpoints()
                .contentUrl()
                .orElseGet(() -> "http://127.0.0.1:" + content.port());
    }

    /// Of the port for metrics alone, if there is one.
    public Optional<String> metricsUrl() {
        return metrics.map(origin -> "http://localhost:" + origin.port());
    }

    public ApiKeys apiKeys() {
        return apiKeys;
    }

    @Override
    public void close() {
        parts.close();
    }

    private Origin origin(String name, int port, HttpRouting.Builder routing) {
        String host = settings.endpoints().host();
        return parts.add(name + " origin", Origin.start(name, host, port, routing));
    }

    private void startSweepers() {
        repeat(
                SWEEP_PAUSE,
                "closing silent sessions",
                () -> features.closeSessions.closeSilent(SESSION_SILENCE_MAX) > 0);
        repeat(
                ABANDONED_PAUSE,
                "taking back imports that died",
                () -> {
                    courses.importPackage.takeBackAbandoned();
                    return false;
                });
        repeat(HISTORY_PAUSE, "keeping history", delivery::keepHistory);
        repeat(WATCH_PAUSE, "watching deliveries", delivery::watch);
        repeat(ANSWERS_PAUSE, "forgetting kept answers", idempotency::sweep);
    }

    private void repeat(Duration pause, String name, Repeat.Task task) {
        parts.add(name, Repeat.every(pause, name, task));
    }

    private HttpRouting.Builder contentRouting(ApiResources resources) {
        var routing =
                HttpRouting.builder()
                        .register(new PlayerPages(settings.frameAncestors()))
                        .register(CourseFiles.PATH, courses.files)
                        .register(HacpService.PATH, features.hacp);
        return with(resources.ofContent(), routing);
    }

    private HttpRouting.Builder apiRouting(ApiResources resources, Jdbi jdbi) {
        var addresses = new LaunchAddresses(contentUrl(), features.launchTokens);
        var createLaunch =
                new CreateLaunch(
                        jdbi, features.packageVersions, features.startAttempt, addresses, clock);
        return with(
                resources.ofApi(createLaunch, apiKeys, metering.registry), HttpRouting.builder());
    }

    private HttpRouting.Builder metricsRouting() {
        return with(ApiResources.ofMetrics(metering.registry), HttpRouting.builder());
    }

    /// Comes last: it refuses other methods on its paths.
    private HttpRouting.Builder with(List<Resource> resources, HttpRouting.Builder routing) {
        var api =
                new Api(
                        apiKeys::caller,
                        features.clients::exist,
                        idempotency,
                        metering.callTimes,
                        resources);
        api.addTo(routing.register(health));
        return routing;
    }

    private static List<AddressBlock> allowedTargets(Settings settings) {
        return settings.allowTargets().stream()
                .map(cidr -> AddressBlock.parse(cidr, "allow-targets"))
                .toList();
    }
}
