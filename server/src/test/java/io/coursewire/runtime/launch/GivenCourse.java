package io.coursewire.runtime.launch;

import io.coursewire.kernel.ActivityId;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.ItemId;
import io.coursewire.kernel.UserId;
import io.coursewire.packages.OutlineLine;
import io.coursewire.packages.Package;
import io.coursewire.packages.Scorm12;
import io.coursewire.packages.Scorm12.Content;
import io.coursewire.packages.Scorm12.Item;
import io.coursewire.packages.Scorm12.LaunchData;
import io.coursewire.packages.Scorm2004;
import io.coursewire.packages.StoredForm;
import io.coursewire.packages.scorm2004.Edition;
import io.coursewire.packages.scorm2004.Organization;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;

/// A client with a participant and a SCORM 1.2 course in the database, so that it can be launched.
public record GivenCourse(ClientId client, UserId user, ActivityId activity, List<ItemId> items) {
    private static final AtomicInteger COUNT = new AtomicInteger();

    public static GivenCourse scorm12(Jdbi jdbi, Optional<BigDecimal> masteryScore, int items) {
        var content =
                new Content(
                        "index.html?a=1",
                        true,
                        new LaunchData(
                                masteryScore,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of("launch data")));
        return given(jdbi, content, items);
    }

    public static GivenCourse asset(Jdbi jdbi) {
        return given(jdbi, new Content("page.html", false, LaunchData.NONE), 1);
    }

    /// A SCORM 2004 course whose items, in tree order, are those that open something.
    public static GivenCourse scorm2004(Jdbi jdbi, Organization organization) {
        var course = new Scorm2004(Optional.of("manifest"), Edition.FOURTH, organization);
        var items =
                course.outline().stream()
                        .filter(OutlineLine::launchable)
                        .map(OutlineLine::identifier)
                        .toList();
        return given(jdbi, course, items);
    }

    private static GivenCourse given(Jdbi jdbi, Content content, int count) {
        var course =
                new Scorm12(
                        Optional.of("manifest"),
                        "org",
                        Map.of("en", "A course"),
                        java.util.stream.IntStream.range(0, count)
                                .mapToObj(
                                        n ->
                                                new Item(
                                                        "sco-" + n,
                                                        Map.of("en", "Part " + n),
                                                        true,
                                                        Optional.empty(),
                                                        Optional.of(content),
                                                        List.of()))
                                .toList());
        return given(
                jdbi,
                course,
                java.util.stream.IntStream.range(0, count).mapToObj(n -> "sco-" + n).toList());
    }

    private static GivenCourse given(Jdbi jdbi, Package course, List<String> identifiers) {
        int count = identifiers.size();
        var client = new ClientId("client-" + COUNT.incrementAndGet());
        var user = UserId.next();
        var activity = ActivityId.next();
        var items = java.util.stream.Stream.generate(ItemId::next).limit(count).toList();
        jdbi.useTransaction(
                db -> {
                    db.execute(
                            "INSERT INTO client VALUES (?, 'A client', 'en', '{https://lms.example}', '{}', now(), now())",
                            client.value());
                    db.execute(
                            "INSERT INTO participant (client_id, user_id, username, first_name, last_name, created_at, updated_at) VALUES (?, ?, 'ada', 'Ada', 'Lovelace', now(), now())",
                            client.value(),
                            user.value());
                    db.execute(
                            "INSERT INTO activity VALUES (?, ?, '{\"en\": \"A course\"}', 'course', 'org', 'manifest', ?, 1, now(), now())",
                            client.value(),
                            activity.value(),
                            course.standard().word());
                    db.execute(
                            "INSERT INTO package_content VALUES (?, ?, now())",
                            client.value(),
                            "key-" + client.value());
                    db.execute(
                            "INSERT INTO package_version VALUES (?, ?, 1, ?, ?, ?::jsonb, '[]', now())",
                            client.value(),
                            activity.value(),
                            course.standard().word(),
                            "key-" + client.value(),
                            StoredForm.of(course));
                    for (int n = 0; n < count; n++) {
                        db.execute(
                                "INSERT INTO item VALUES (?, ?, ?, ?, ?::jsonb, 'unknown', ?)",
                                client.value(),
                                items.get(n).value(),
                                activity.value(),
                                n,
                                "{\"en\": \"Part " + n + "\"}",
                                identifiers.get(n));
                        db.execute(
                                "INSERT INTO package_item VALUES (?, ?, ?, ?)",
                                client.value(),
                                activity.value(),
                                identifiers.get(n),
                                items.get(n).value());
                    }
                });
        return new GivenCourse(client, user, activity, items);
    }
}
