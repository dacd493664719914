package io.coursewire.runtime.scorm2004.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One case of a conformance directory: `cases/ID.json` and the manifests it runs on.
///
/// @param manifests by package name; most cases have one package, named like the case
public record ConformanceCase(String id, Map<String, Path> manifests, JsonNode json) {
    private static final JsonMapper JSON = new JsonMapper();
    // They test the API and its data model alone, which lives in the browser.
    private static final Set<String> NOT_ON_THE_ENGINE = Set.of("API", "DMI", "DMB");

    public static ConformanceCase read(Path directory, String id) {
        try {
            var json =
                    JSON.readTree(
                            Files.readString(directory.resolve("cases").resolve(id + ".json")));
            return new ConformanceCase(
                    id, manifests(directory.resolve("manifests"), id, json), json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// All cases of a directory.
    public static List<String> identifiers(Path directory) {
        try (var files = Files.list(directory.resolve("cases"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".json"))
                    .map(name -> name.substring(0, name.length() - ".json".length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Path> manifests(Path folder, String id, JsonNode json) {
        var found = new LinkedHashMap<String, Path>();
        if (json.has("manifest")) {
            found.put(id, folder.resolve(json.get("manifest").asString()));
        }
        json.path("manifests")
                .forEachEntry((name, file) -> found.put(name, folder.resolve(file.asString())));
        return found;
    }

    boolean applicable() {
        return !NOT_ON_THE_ENGINE.contains(id);
    }

    /// Cases that the same learner must have gone through before.
    public List<String> after() {
        var after = new ArrayList<String>();
        json.path("after").forEach(text -> after.add(text.asString()));
        return after;
    }

    public JsonNode start() {
        return json.path("start");
    }

    public List<Visit> visits() {
        var visits = new ArrayList<Visit>();
        json.path("visits").forEach(visit -> visits.add(new Visit(visit)));
        return visits;
    }

    /// A text of the case, which may stand among its long `strings`.
    public String text(JsonNode value) {
        return value.has("ref")
                ? json.path("strings").path(value.get("ref").asString()).asString()
                : value.asString();
    }
}
