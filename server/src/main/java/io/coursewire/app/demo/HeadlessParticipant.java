package io.coursewire.app.demo;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;

/// A participant without a browser. Speaks the protocol of the player with the content origin: redeems a
/// launch link, then opens sessions, any number of them, as a browser does at each reload.
public final class HeadlessParticipant {
    private final ContentOrigin origin;
    private final String playPath;
    private final Clock clock;

    private HeadlessParticipant(ContentOrigin origin, String playPath, Clock clock) {
        this.origin = origin;
        this.playPath = playPath;
        this.clock = clock;
    }

    /// Spends the launch link. The clock's zone is the one the participant lives in.
    public static HeadlessParticipant redeem(HttpClient http, URI launchUrl, Clock clock) {
        var origin = new ContentOrigin(http, launchUrl.resolve("/"));
        var redeemed = origin.post(launchUrl.getRawPath(), JsonNodeFactory.instance.objectNode());
        return new HeadlessParticipant(origin, redeemed.path("location").asString(), clock);
    }

    /// Opens the item, or the one that the launch decides.
    public HeadlessSession open(Optional<String> itemId) {
        var body = JsonNodeFactory.instance.objectNode();
        itemId.ifPresent(id -> body.put("itemId", id));
        var opened = origin.post(playPath + "/sessions", body);
        return new HeadlessSession(origin, playPath, opened, clock);
    }
}
