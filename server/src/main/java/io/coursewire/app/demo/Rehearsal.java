package io.coursewire.app.demo;

import io.coursewire.app.remote.ApiClient;
import io.coursewire.kernel.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Everything that an organization does before its participants come, through the public API: itself, a
/// participant, a course, a subscription, a launch link. May be done again on the same data folder.
public final class Rehearsal {
    public static final String CLIENT = "demo";
    public static final String USERNAME = "mira";
    private static final String ROOT = "/clients/" + CLIENT;
    private static final String WEBHOOK_NAME = "The demo's own receiver";

    private final ApiClient api;

    public Rehearsal(ApiClient api) {
        this.api = api;
    }

    public void client() {
        api.put(ROOT, object().put("name", "Demo").put("defaultLanguage", "en"));
    }

    public void participant() {
        api.put(
                ROOT + "/users/" + USERNAME,
                object().put("firstName", "Mira").put("lastName", "Bell").put("language", "en"));
    }

    /// Packs the bundled course into the folder and brings it in. The answer of the API.
    public JsonNode course(Path folder) {
        try {
            var zip = Files.createTempFile(folder, "waggle-dance", ".zip");
            try {
                BundledCourse.writeZip(zip);
                return api.upload(ROOT + "/packages", zip, "application/zip", _ -> {});
            } finally {
                Files.delete(zip);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Subscribes the receiver to every event, in place of those of earlier demos. The answer holds the secret.
    public JsonNode webhook(URI receiver) {
        for (JsonNode old : api.get(ROOT + "/webhooks").path("items")) {
            if (old.path("description").asString("").equals(WEBHOOK_NAME)) {
                api.delete(ROOT + "/webhooks/" + old.path("id").asString());
            }
        }
        var webhook = object().put("url", receiver.toString()).put("description", WEBHOOK_NAME);
        webhook.putArray("events").add("*");
        return api.post(ROOT + "/webhooks", webhook);
    }

    /// A link to a fresh attempt.
    public URI launch(String itemId) {
        var launch = object().put("attempt", "new");
        launch.putObject("user").put("username", USERNAME);
        launch.putObject("item").put("id", itemId);
        return URI.create(api.post(ROOT + "/launches", launch).path("launchUrl").asString());
    }

    /// A key that sees this client only.
    public String newKey() {
        return api.post(ROOT + "/keys", object().put("name", "demo")).path("key").asString();
    }

    /// The attempt's AttemptStatus, as a subscriber may read it at any time.
    public byte[] attempt(String attemptId) {
        return api.getBytes(ROOT + "/attempts/" + attemptId);
    }

    private static ObjectNode object() {
        return Json.MAPPER.createObjectNode();
    }
}
