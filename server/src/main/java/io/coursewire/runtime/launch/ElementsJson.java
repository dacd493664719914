package io.coursewire.runtime.launch;

import io.coursewire.kernel.Json;
import io.coursewire.runtime.Elements;
import java.io.StringWriter;
import java.util.TreeMap;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.ObjectReader;

/// Elements as they are stored: one JSON object of strings. Read and written with every commit, so token
/// by token.
final class ElementsJson {
    private static final int CHARS_PER_ELEMENT = 60;

    // What we wrote ourselves needs no look for names that come twice.
    private static final ObjectReader READER =
            Json.MAPPER.reader().without(StreamReadFeature.STRICT_DUPLICATE_DETECTION);

    private ElementsJson() {}

    static Elements read(String json) {
        var values = new TreeMap<String, String>();
        try (var tokens = READER.createParser(json)) {
            tokens.nextToken();
            for (var name = tokens.nextName(); name != null; name = tokens.nextName()) {
                values.put(name, tokens.nextStringValue());
            }
        }
        return Elements.of(values);
    }

    static String write(Elements elements) {
        var json = new StringWriter(CHARS_PER_ELEMENT * elements.asMap().size());
        try (var tokens = Json.MAPPER.createGenerator(json)) {
            tokens.writeStartObject();
            elements.asMap().forEach(tokens::writeStringProperty);
            tokens.writeEndObject();
        }
        return json.toString();
    }
}
