package io.coursewire.e2e.conformance;

import io.coursewire.app.remote.ApiClient;
import io.coursewire.kernel.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// A learner of a case and the courses brought in for it, at the product's API.
final class Participant {
    private static final String CLIENT = "/clients/conformance";

    /// A course that was brought in.
    ///
    /// @param root the organization's identifier
    /// @param items the package's identifiers, by our ids
    record Course(String id, String root, Map<String, String> items) {
        boolean opens(String identifier) {
            return items.containsValue(identifier);
        }
    }

    private final ApiClient api;
    private final JsonNode user;
    private final Map<String, Course> courses = new HashMap<>();

    Participant(ApiClient api, String username) {
        this.api = api;
        api.put(CLIENT, json("{\"name\": \"Conformance\", \"defaultLanguage\": \"en\"}"));
        user =
                api.put(
                        CLIENT + "/users/" + username,
                        json("{\"firstName\": \"Ada\", \"lastName\": \"Lovelace\"}"));
    }

    String id() {
        return user.get("id").asString();
    }

    String name() {
        return "Lovelace, Ada";
    }

    Course course(String name) {
        return courses.get(name);
    }

    void bring(String name, Path zip) throws IOException {
        var made = api.upload(CLIENT + "/packages?as=new", zip, "application/zip", _ -> {});
        var items = new HashMap<String, String>();
        made.get("items")
                .forEach(
                        item ->
                                items.put(
                                        item.get("id").asString(),
                                        item.get("externalId").asString()));
        courses.put(
                name,
                new Course(
                        made.at("/activity/id").asString(),
                        made.at("/activity/externalId").asString(),
                        items));
    }

    /// A link that opens the course, at that item where one is named.
    String launch(Course course, Optional<String> item) {
        var body = Json.MAPPER.createObjectNode();
        body.putObject("user").put("id", id());
        body.putObject("activity").put("id", course.id());
        item.ifPresent(identifier -> body.putObject("item").put("externalId", identifier));
        return api.post(CLIENT + "/launches", body).get("launchUrl").asString();
    }

    private static JsonNode json(String text) {
        return Json.MAPPER.readTree(text);
    }
}
