package io.coursewire.runtime.launch;

import io.coursewire.attempts.DataSource;
import io.coursewire.attempts.Presence;
import io.coursewire.attempts.StartAttempt;
import io.coursewire.catalog.Directory;
import io.coursewire.catalog.ReturnOrigin;
import io.coursewire.kernel.AttemptId;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.CourseAttemptId;
import io.coursewire.kernel.ItemId;
import io.coursewire.kernel.LaunchId;
import io.coursewire.packages.Aicc;
import io.coursewire.packages.PackageVersion;
import io.coursewire.packages.PackageVersions;
import io.coursewire.packages.Scorm12;
import io.coursewire.packages.Scorm2004;
import io.coursewire.runtime.launch.LaunchOutcome.Created;
import io.coursewire.runtime.launch.LaunchOutcome.NothingToOpen;
import io.coursewire.runtime.launch.LaunchOutcome.NothingToResume;
import io.coursewire.runtime.launch.LaunchOutcome.NothingToReview;
import io.coursewire.runtime.launch.LaunchOutcome.ReturnUrlRefused;
import io.coursewire.runtime.launch.LaunchRequest.AttemptChoice;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// Makes a launch link: decides which attempt it opens, and makes that attempt where it is new. Raises
/// no event, since nobody has opened anything yet.
public final class CreateLaunch {
    /// Where a launch leads: an attempt, the first delivery of some item, or nothing stored at all.
    private record Target(
            int packageVersion,
            Optional<CourseAttemptId> course,
            Optional<AttemptId> attempt,
            Optional<Integer> number) {
        static Target of(LaunchStore.Newest attempt) {
            return new Target(
                    attempt.packageVersion(),
                    Optional.of(attempt.courseAttempt()),
                    Optional.of(attempt.id()),
                    Optional.of(attempt.number()));
        }

        static Target of(LaunchStore.NewestCourse open) {
            return new Target(
                    open.packageVersion(),
                    Optional.of(open.id()),
                    Optional.empty(),
                    Optional.empty());
        }
    }

    private final LaunchStore store = new LaunchStore();
    private final Directory directory = new Directory();
    private final Jdbi jdbi;
    private final PackageVersions packages;
    private final StartAttempt startAttempt;
    private final LaunchAddresses addresses;
    private final Clock clock;

    public CreateLaunch(
            Jdbi jdbi,
            PackageVersions packages,
            StartAttempt startAttempt,
            LaunchAddresses addresses,
            Clock clock) {
        this.jdbi = jdbi;
        this.packages = packages;
        this.startAttempt = startAttempt;
        this.addresses = addresses;
        this.clock = clock;
    }

    /// The user, activity and item are known to be of this client.
    public LaunchOutcome create(ClientId client, LaunchRequest request) {
        return jdbi.inTransaction(db -> create(db, client, ofSurvivor(db, client, request)));
    }

    // The user was found before anything was held: he may have been merged since.
    private LaunchRequest ofSurvivor(Handle db, ClientId client, LaunchRequest request) {
        var user = request.user();
        return Optional.ofNullable(directory.byId(db, client, List.of(user)).get(user))
                .map(person -> request.by(person.id()))
                .orElse(request);
    }

    private LaunchOutcome create(Handle db, ClientId client, LaunchRequest request) {
        var origins = store.returnOrigins(db, client);
        if (request.returnUrl().filter(url -> !isOn(origins, url)).isPresent()) {
            return new ReturnUrlRefused(origins);
        }
        var version =
                store.currentVersion(db, client, request.activity())
                        .flatMap(number -> packages.find(client, request.activity(), number));
        if (version.isEmpty()) {
            return new NothingToOpen(
                    "This activity has no package: bring one with POST /packages, or enter its results with POST /attempts.");
        }
        var item = request.item().or(() -> onlyItem(version.get()));
        if (item.isPresent()
                && ContentItem.find(version.get(), item.get(), request.mode()).isEmpty()) {
            return new NothingToOpen(
                    "The newest version of this activity's package has nothing to open for this item.");
        }
        return switch (request.mode()) {
            case BROWSE ->
                    link(
                            db,
                            client,
                            request,
                            item,
                            new Target(
                                    version.get().version(),
                                    Optional.empty(),
                                    Optional.empty(),
                                    Optional.empty()));
            case REVIEW -> review(db, client, request, item);
            case NORMAL -> take(db, client, request, item, version.get());
        };
    }

    private static Optional<ItemId> onlyItem(PackageVersion version) {
        return version.itemIds().size() == 1
                ? version.itemIds().values().stream().findFirst()
                : Optional.empty();
    }

    private LaunchOutcome review(
            Handle db, ClientId client, LaunchRequest request, Optional<ItemId> item) {
        return item.flatMap(i -> store.newest(db, client, request.user(), i, true))
                .map(Target::of)
                .map(target -> link(db, client, request, item, target))
                .orElseGet(NothingToReview::new);
    }

    private LaunchOutcome take(
            Handle db,
            ClientId client,
            LaunchRequest request,
            Optional<ItemId> item,
            PackageVersion version) {
        startAttempt.hold(db, client, request.user(), request.activity());
        var target =
                item.isPresent()
                        ? takeItem(db, client, request, item.get(), version)
                        : takeActivity(db, client, request, version.version());
        return target.map(t -> link(db, client, request, item, t)).orElseGet(NothingToResume::new);
    }

    private Optional<Target> takeItem(
            Handle db,
            ClientId client,
            LaunchRequest request,
            ItemId item,
            PackageVersion version) {
        boolean isNew = request.attempt() == AttemptChoice.NEW;
        var newest = store.newest(db, client, request.user(), item, false);
        var resumed = newest.filter(a -> !isNew && goesOn(a, version)).map(Target::of);
        if (resumed.isPresent() || request.attempt() == AttemptChoice.RESUME) {
            return resumed;
        }
        return chosen(db, client, request, item, version)
                .filter(_ -> !isNew)
                .or(() -> Optional.of(start(db, client, request, item, version.version())));
    }

    // SCORM 2004: content that was left for good begins anew when it is delivered again.
    private static boolean goesOn(LaunchStore.Newest attempt, PackageVersion version) {
        boolean leftForGood =
                attempt.courseEnded()
                        || isSequenced(version) && attempt.presence() == Presence.LEFT;
        return !attempt.isFinal() && !leftForGood;
    }

    private static boolean isSequenced(PackageVersion version) {
        return switch (version.content()) {
            case Scorm12 _, Aicc _ -> false;
            case Scorm2004 _ -> true;
        };
    }

    // In a sequenced course of several items a link for one is a choice of it: whether its data
    // goes on is decided when it is delivered.
    private Optional<Target> chosen(
            Handle db,
            ClientId client,
            LaunchRequest request,
            ItemId item,
            PackageVersion version) {
        return store.openCourse(db, client, request.user(), request.activity())
                .filter(_ -> isSequenced(version) && version.itemIds().size() > 1)
                .filter(open -> store.attemptIn(db, client, open.id(), item).isPresent())
                .map(Target::of);
    }

    private Target start(
            Handle db, ClientId client, LaunchRequest request, ItemId item, int version) {
        var course = courseFor(db, client, request, item, version);
        var subject =
                new StartAttempt.Subject(
                        client, request.user(), request.activity(), item, course.course());
        var attempt = startAttempt.start(db, subject, DataSource.ONLINE);
        return new Target(
                course.packageVersion(),
                course.course(),
                Optional.of(attempt.key().id()),
                Optional.of(attempt.number()));
    }

    // A new attempt at an item goes on in the open course attempt while that has none at this item.
    private Target courseFor(
            Handle db, ClientId client, LaunchRequest request, ItemId item, int version) {
        return store.openCourse(db, client, request.user(), request.activity())
                .filter(_ -> request.attempt() != AttemptChoice.NEW)
                .filter(open -> store.attemptIn(db, client, open.id(), item).isEmpty())
                .map(Target::of)
                .orElseGet(() -> newCourse(db, client, request, version));
    }

    private Optional<Target> takeActivity(
            Handle db, ClientId client, LaunchRequest request, int version) {
        var resumed =
                store.openCourse(db, client, request.user(), request.activity())
                        .filter(_ -> request.attempt() != AttemptChoice.NEW)
                        .map(Target::of);
        return resumed.isPresent() || request.attempt() == AttemptChoice.RESUME
                ? resumed
                : Optional.of(newCourse(db, client, request, version));
    }

    private Target newCourse(Handle db, ClientId client, LaunchRequest request, int version) {
        var id = CourseAttemptId.next();
        store.insertCourse(db, client, id, request, version, clock.instant());
        return new Target(version, Optional.of(id), Optional.empty(), Optional.empty());
    }

    private LaunchOutcome link(
            Handle db,
            ClientId client,
            LaunchRequest request,
            Optional<ItemId> item,
            Target target) {
        var now = clock.instant();
        var launch =
                new Launch(
                        client,
                        LaunchId.next(),
                        request.user(),
                        request.activity(),
                        item,
                        target.packageVersion(),
                        target.course(),
                        target.attempt(),
                        request.mode(),
                        request.returnUrl(),
                        now.plus(request.validFor()),
                        Optional.empty(),
                        Optional.empty());
        store.insert(db, launch, now);
        return new Created(
                launch.id(),
                addresses.link(client, launch.id()),
                target.attempt(),
                target.number(),
                launch.expiresAt());
    }

    private static boolean isOn(List<String> origins, String url) {
        return ReturnOrigin.of(url).map(ReturnOrigin::text).filter(origins::contains).isPresent();
    }
}
