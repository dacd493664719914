package io.coursewire.app;

import io.coursewire.app.remote.ApiClient;
import io.coursewire.kernel.Json;
import io.coursewire.kernel.Uuid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/// A mapping in a file, for a server to go by.
///
/// @param name under which it is remembered: the file's
/// @param path of the client's mappings
record MappingFile(String name, JsonNode mapping, String path) {
    private static final String DEFAULT = "default";

    /// Throws JacksonException when the file is no JSON.
    static MappingFile read(Path file, String path) throws IOException {
        var name =
                file.getFileName()
                        .toString()
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("\\.[^.]*$", "")
                        .replaceAll("[^a-z0-9_-]+", "-");
        return new MappingFile(name, Json.MAPPER.readTree(Files.readAllBytes(file)), path);
    }

    /// Whether to remember it would change what others go by: one of that name that says something else, or the one
    /// that imports go by which name none.
    boolean isTaken(ApiClient api) {
        var there = there(api);
        return there.map(other -> !other.equals(mapping)).orElse(name.equals(DEFAULT));
    }

    private Optional<JsonNode> there(ApiClient api) {
        return api.get(path)
                .path("items")
                .valueStream()
                .filter(one -> one.path("name").asString().equals(name))
                .map(one -> one.path("mapping"))
                .findFirst();
    }

    /// Answers the name under which the server has it now.
    String remember(ApiClient api) {
        return put(api, name);
    }

    /// Does something that goes by the mapping, of which the server remembers nothing afterwards.
    <T> T lend(ApiClient api, Function<String, T> work) {
        var lent = put(api, "dry-run-" + Uuid.next());
        try {
            return work.apply(lent);
        } finally {
            api.delete(path + "/" + lent);
        }
    }

    private String put(ApiClient api, String as) {
        api.put(path + "/" + as, mapping);
        return as;
    }
}
