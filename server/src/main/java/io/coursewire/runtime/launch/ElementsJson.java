package io.coursewire.runtime.launch;

import io.coursewire.kernel.Json;
import io.coursewire.runtime.Elements;
import java.util.Map;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.ObjectReader;

/// Elements as they are stored: one JSON object of strings.
final class ElementsJson {
    // What we wrote ourselves needs no look for names that come twice.
    private static final ObjectReader READER =
            Json.MAPPER
                    .readerFor(new TypeReference<Map<String, String>>() {})
                    .without(StreamReadFeature.STRICT_DUPLICATE_DETECTION);

    private ElementsJson() {}

    static Elements read(String json) {
        return Elements.of(READER.<Map<String, String>>readValue(json));
    }

    static String write(Elements elements) {
        return Json.MAPPER.writeValueAsString(elements.asMap());
    }
}
