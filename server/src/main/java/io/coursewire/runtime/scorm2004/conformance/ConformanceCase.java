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
/// @param after cases that the same learner must have gone through before
record ConformanceCase(
        String id,
        Map<String, Path> manifests,
        List<String> after,
        JsonNode start,
        List<JsonNode> visits) {
    private static final JsonMapper JSON = new JsonMapper();
    // They test the API and its data model alone, which lives in the browser.
    private static final Set<String> NOT_ON_THE_ENGINE = Set.of("API", "DMI", "DMB");

    boolean applicable() {
        return !NOT_ON_THE_ENGINE.contains(id);
    }

    static ConformanceCase read(Path directory, String id) {
        try {
            var json =
                    JSON.readTree(
                            Files.readString(directory.resolve("cases").resolve(id + ".json")));
            var visits = new ArrayList<JsonNode>();
            json.path("visits").forEach(visits::add);
            return new ConformanceCase(
                    id,
                    manifests(directory, id, json),
                    texts(json.path("after")),
                    json.path("start"),
                    visits);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Path> manifests(Path directory, String id, JsonNode json) {
        var folder = directory.resolve("manifests");
        var found = new LinkedHashMap<String, Path>();
        if (json.has("manifest")) {
            found.put(id, folder.resolve(json.get("manifest").asString()));
        }
        json.path("manifests")
                .forEachEntry((name, file) -> found.put(name, folder.resolve(file.asString())));
        return found;
    }

    private static List<String> texts(JsonNode array) {
        var texts = new ArrayList<String>();
        array.forEach(text -> texts.add(text.asString()));
        return texts;
    }
}
