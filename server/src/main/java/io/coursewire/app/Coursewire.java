package io.coursewire.app;

import io.coursewire.api.ActivitiesResource;
import io.coursewire.api.Api;
import io.coursewire.api.AttemptsResource;
import io.coursewire.api.ClientsResource;
import io.coursewire.api.DocumentsResource;
import io.coursewire.api.Health;
import io.coursewire.api.Idempotency;
import io.coursewire.api.KeysResource;
import io.coursewire.api.LaunchesResource;
import io.coursewire.api.MetricsResource;
import io.coursewire.api.PackagesResource;
import io.coursewire.api.PlayResource;
import io.coursewire.api.References;
import io.coursewire.api.Resource;
import io.coursewire.api.Scope;
import io.coursewire.api.UsersResource;
import io.coursewire.api.keys.ApiKeys;
import io.coursewire.kernel.SecretKey;
import io.coursewire.runtime.content.CourseFiles;
import io.coursewire.runtime.launch.CreateLaunch;
import io.coursewire.runtime.launch.LaunchAddresses;
import io.coursewire.runtime.player.PlayerPages;
import io.coursewire.storage.Database;
import io.coursewire.webhooks.sending.AddressBlock;
import io.helidon.webserver.http.HttpRouting;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/// A whole server: everything that it is made of is started here and stopped in reverse order.
public final class Coursewire implements AutoCloseable {
    private static final Duration SESSION_SILENCE_MAX = Duration.ofMinutes(10);
    private static final Duration SWEEP_PAUSE = Duration.ofSeconds(15);
    private static final Duration HISTORY_PAUSE = Duration.ofHours(1);
    private static final Duration ANSWERS_PAUSE = Duration.ofMinutes(10);

    private final Deque<Runnable> stops = new ArrayDeque<>();
    private final Clock clock = Clock.systemUTC();
    private final Settings settings;
    private final Health health;
    private final Metering metering;
    private final Delivery delivery;
    private final Features features;
    private final Courses courses;
    private final ApiKeys apiKeys;
    private final Idempotency idempotency;
    private final Origin content;
    private final Origin api;

    private Coursewire(Settings settings, Database database, SecretKey key) {
        this.settings = settings;
        var jdbi = database.jdbi();
        health = new Health(database::answers);
        var allowed =
                settings.allowTargets().stream()
                        .map(cidr -> AddressBlock.parse(cidr, "allowed"))
                        .toList();
        metering = new Metering(database);
        stops.push(metering::close);
        delivery = new Delivery(jdbi, key, allowed, this::apiUrl, clock);
        stops.push(delivery::close);
        features = new Features(jdbi, key, delivery.outbox, clock);
        stops.push(features::close);
        metering.gauge(
                "coursewire.commits.queued",
                "Requests of the player that wait to be written",
                features.commits::queued);
        courses = new Courses(settings.dataDir(), jdbi, key, clock);
        apiKeys = new ApiKeys(jdbi, key, clock);
        idempotency = new Idempotency(jdbi, key, clock);
        content =
                Origin.start("content", settings.host(), settings.contentPort(), contentRouting());
        stops.push(content::close);
        api = Origin.start("api", settings.host(), settings.port(), apiRouting(jdbi));
        stops.push(api::close);
        delivery.start();
        var sweeper =
                Repeat.every(
                        SWEEP_PAUSE,
                        "closing silent sessions",
                        () -> features.closeSessions.closeSilent(SESSION_SILENCE_MAX) > 0);
        stops.push(sweeper::close);
        var keeper = Repeat.every(HISTORY_PAUSE, "keeping history", delivery::keepHistory);
        stops.push(keeper::close);
        var forgetter = Repeat.every(ANSWERS_PAUSE, "forgetting kept answers", idempotency::sweep);
        stops.push(forgetter::close);
    }

    /// Starts on an open, migrated database; accepts requests when it returns.
    public static Coursewire start(Settings settings, Database database, SecretKey key) {
        return new Coursewire(settings, database, key);
    }

    public String apiUrl() {
        return settings.publicUrl().orElseGet(() -> "http://localhost:" + api.port());
    }

    public String contentUrl() {
        return settings.contentUrl().orElseGet(() -> "http://127.0.0.1:" + content.port());
    }

    public ApiKeys apiKeys() {
        return apiKeys;
    }

    private HttpRouting.Builder contentRouting() {
        var routing = HttpRouting.builder();
        routing.register(health, new PlayerPages(settings.frameAncestors()));
        routing.register(CourseFiles.PATH, courses.files);
        var play =
                new PlayResource(
                        features.redeemLaunch,
                        features.openSession,
                        features.launchTokens,
                        features.commits::submit);
        api(List.of(play)).addTo(routing);
        return routing;
    }

    private HttpRouting.Builder apiRouting(Jdbi jdbi) {
        var addresses = new LaunchAddresses(contentUrl(), features.launchTokens);
        var createLaunch =
                new CreateLaunch(
                        jdbi, features.packageVersions, features.startAttempt, addresses, clock);
        var routing = HttpRouting.builder();
        routing.register(health);
        var resources =
                new ArrayList<Resource>(
                        List.of(
                                new ClientsResource(features.clients),
                                new UsersResource(
                                        features.participants, features.anonymiseParticipant),
                                new ActivitiesResource(
                                        features.training,
                                        features.relabelActivity,
                                        features.clients),
                                new KeysResource(apiKeys),
                                new PackagesResource(
                                        courses.importPackage, features.training, features.clients),
                                new LaunchesResource(
                                        createLaunch,
                                        features.closeSessions,
                                        new References(
                                                features.clients,
                                                features.participants,
                                                features.training)),
                                new AttemptsResource(features.readAttempts),
                                new MetricsResource(metering.registry, Scope.ADMIN),
                                new DocumentsResource()));
        resources.addAll(delivery.resources());
        api(resources).addTo(routing);
        return routing;
    }

    private Api api(List<Resource> resources) {
        return new Api(
                apiKeys::caller,
                features.clients::exist,
                idempotency,
                metering.callTimes,
                resources);
    }

    @Override
    public void close() {
        while (!stops.isEmpty()) {
            stops.pop().run();
        }
    }
}
