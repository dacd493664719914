package io.coursewire.packages;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.coursewire.kernel.Json;
import io.coursewire.packages.scorm2004.ChildSet;
import java.util.List;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// A read package and its warnings as they are kept in the database.
final class PackageJson {
    private static final TypeReference<List<PackageWarning>> WARNINGS = new TypeReference<>() {};
    private static final JsonMapper MAPPER =
            Json.MAPPER.rebuild().addMixIn(ChildSet.class, Named.class).build();

    private PackageJson() {}

    /// An alternative is kept with its name.
    @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "kind")
    private interface Named {}

    static String write(Package content) {
        return MAPPER.writeValueAsString(content);
    }

    static Package read(Standard standard, String json) {
        return MAPPER.readValue(json, shape(standard));
    }

    private static Class<? extends Package> shape(Standard standard) {
        return switch (standard) {
            case SCORM_12 -> Scorm12.class;
            case SCORM_2004 -> Scorm2004.class;
            case AICC -> Aicc.class;
            case CMI5, XAPI ->
                    throw new IllegalArgumentException("no reader for " + standard.title());
        };
    }

    static String writeWarnings(List<PackageWarning> warnings) {
        return MAPPER.writeValueAsString(warnings);
    }

    static List<PackageWarning> readWarnings(String json) {
        return MAPPER.readValue(json, WARNINGS);
    }
}
