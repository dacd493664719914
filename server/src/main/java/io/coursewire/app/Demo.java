package io.coursewire.app;

import io.coursewire.app.Inbox.Arrival;
import io.coursewire.app.demo.BundledCourse;
import io.coursewire.app.demo.PlayTwice;
import io.coursewire.app.demo.Rehearsal;
import io.coursewire.app.demo.Story;
import io.coursewire.webhooks.sending.WebhookSecret;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// The main job from end to end on a running server: a course in, an attempt played, the signed
/// AttemptStatus out.
final class Demo {
    static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String COMPLETED = "attempt.completed";
    private static final String ACTIVITY_COMPLETED = "activity.completed";

    private final Rehearsal rehearsal;
    private final Receiver receiver;
    private final Inbox inbox;
    private final Story story;

    Demo(Rehearsal rehearsal, Receiver receiver, Inbox inbox, Story story) {
        this.rehearsal = rehearsal;
        this.receiver = receiver;
        this.inbox = inbox;
        this.story = story;
    }

    /// The id of the item that the bundled course became.
    String prepare(Path folder) {
        rehearsal.client();
        rehearsal.participant();
        story.done("client", Rehearsal.CLIENT + ", with its participant " + Rehearsal.USERNAME);
        var course = rehearsal.course(folder);
        story.done("course brought in", described(course));
        subscribe();
        return course.path("items").path(0).path("id").asString();
    }

    /// Plays the item and waits for word of it. Whether all that was said of it is true.
    boolean play(String itemId) throws InterruptedException {
        story.chapter(
                "%s plays \"%s\", without a browser and in fast motion"
                        .formatted(Rehearsal.USERNAME, BundledCourse.TITLE));
        PlayTwice.Played played;
        try (var http = HttpClient.newHttpClient()) {
            played =
                    new PlayTwice(story, Clock.systemDefaultZone())
                            .play(http, rehearsal.launch(itemId));
        }
        var finished = Instant.now();
        story.chapter("What the receiver got");
        var completed = await(COMPLETED);
        await(ACTIVITY_COMPLETED);
        inbox.all().forEach(this::tell);
        return completed.map(arrival -> holds(arrival, played, finished)).orElseGet(this::nothing);
    }

    /// A link for a person.
    URI freshLink(String itemId) {
        return rehearsal.launch(itemId);
    }

    /// A key of the demo's client, for a person.
    String newKey() {
        return rehearsal.newKey();
    }

    /// Tells of what arrives from now on too.
    void follow() {
        inbox.tell(this::tell);
    }

    private void subscribe() {
        var url = URI.create("http://127.0.0.1:" + receiver.port() + "/");
        var webhook = rehearsal.webhook(url);
        receiver.verifying(new WebhookSecret(webhook.path("secret").asString()));
        story.done("webhook subscribed", url + " for every event");
    }

    private boolean holds(Arrival completed, PlayTwice.Played played, Instant finished) {
        var body = completed.webhook().body();
        story.chapter("The AttemptStatus, as it was signed (%,d bytes)".formatted(body.length));
        story.json(new String(body, StandardCharsets.UTF_8));
        var faults = new ProveTold(played).faults(inbox.all(), completed, rehearsal::attempt);
        faults.forEach(fault -> story.failed("not as it should be", fault));
        if (faults.isEmpty()) {
            story.done(
                    "received, verified",
                    "%d ms after the last answer to the player"
                            .formatted(millis(finished, completed)));
        }
        return faults.isEmpty();
    }

    // The webhook may be here before the player has read its answer.
    private static long millis(Instant finished, Arrival completed) {
        return Math.max(0, Duration.between(finished, completed.at()).toMillis());
    }

    private Optional<Arrival> await(String event) throws InterruptedException {
        return inbox.await(arrival -> arrival.event().equals(event), PATIENCE);
    }

    private boolean nothing() {
        story.failed(
                COMPLETED,
                "did not arrive within %d s; the server's log says why"
                        .formatted(PATIENCE.toSeconds()));
        return false;
    }

    private void tell(Arrival arrival) {
        var about =
                Optional.of(arrival.version())
                        .filter(version -> !version.isEmpty())
                        .map("version %s, "::formatted)
                        .orElse("");
        var webhook = arrival.webhook();
        if (webhook.verified()) {
            story.done(arrival.event(), about + "signature holds");
        } else {
            story.failed(arrival.event(), about + webhook.fault().orElse("not verified"));
        }
    }

    private static String described(JsonNode course) {
        return "%s (%s, version %d, %d warnings)"
                .formatted(
                        course.path("activity").path("title").asString(),
                        course.path("standard").asString(),
                        course.path("version").asInt(),
                        course.path("warnings").size());
    }
}
