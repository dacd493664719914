package io.coursewire.runtime.launch;

import io.coursewire.kernel.Json;
import io.coursewire.runtime.Elements;
import java.util.Map;
import tools.jackson.core.type.TypeReference;

/// Elements as they are stored: one JSON object of strings.
final class ElementsJson {
    private static final TypeReference<Map<String, String>> SHAPE = new TypeReference<>() {};

    private ElementsJson() {}

    static Elements read(String json) {
        return json == null ? Elements.NONE : Elements.of(Json.MAPPER.readValue(json, SHAPE));
    }

    static String write(Elements elements) {
        return Json.MAPPER.writeValueAsString(elements.asMap());
    }
}
