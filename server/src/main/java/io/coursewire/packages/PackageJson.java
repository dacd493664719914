package io.coursewire.packages;

import io.coursewire.kernel.Json;
import java.util.List;
import tools.jackson.core.type.TypeReference;

/// A read package and its warnings as they are kept in the database.
final class PackageJson {
    private static final TypeReference<List<PackageWarning>> WARNINGS = new TypeReference<>() {};

    private PackageJson() {}

    static String write(Package content) {
        return Json.MAPPER.writeValueAsString(content);
    }

    static Package read(Standard standard, String json) {
        return Json.MAPPER.readValue(json, shape(standard));
    }

    private static Class<? extends Package> shape(Standard standard) {
        return switch (standard) {
            case SCORM_12 -> Scorm12.class;
            case SCORM_2004, AICC, CMI5, XAPI ->
                    throw new IllegalArgumentException("no reader for " + standard.title());
        };
    }

    static String writeWarnings(List<PackageWarning> warnings) {
        return Json.MAPPER.writeValueAsString(warnings);
    }

    static List<PackageWarning> readWarnings(String json) {
        return Json.MAPPER.readValue(json, WARNINGS);
    }
}
