package io.coursewire.offline.importing;

import io.coursewire.kernel.Json;
import tools.jackson.databind.JsonNode;

/// What an import may do. `overwriteOnline`: results that were captured by the system may be replaced too.
/// `maxPerSecond`: how many attempts subscribers are told of per second, 0 for none at all.
public record Options(
        boolean dryRun,
        Policy policy,
        boolean overwriteOnline,
        boolean createUsers,
        boolean createItems,
        int maxPerSecond) {
    public static final int PER_SECOND_DEFAULT = 50;
    public static final int PER_SECOND_MAX = 10_000;
    public static final Options DEFAULT =
            new Options(false, Policy.KEEP, false, false, false, PER_SECOND_DEFAULT);

    Options forGood() {
        return new Options(false, policy, overwriteOnline, createUsers, createItems, maxPerSecond);
    }

    String json() {
        return Json.MAPPER
                .createObjectNode()
                .put("dryRun", dryRun)
                .put("policy", policy.word())
                .put("overwriteOnline", overwriteOnline)
                .put("createUsers", createUsers)
                .put("createItems", createItems)
                .put("maxPerSecond", maxPerSecond)
                .toString();
    }

    static Options stored(String json) {
        JsonNode node = Json.MAPPER.readTree(json);
        return new Options(
                node.get("dryRun").booleanValue(),
                Policy.WORDS.get(node.get("policy").stringValue()),
                node.get("overwriteOnline").booleanValue(),
                node.get("createUsers").booleanValue(),
                node.path("createItems").asBoolean(false),
                node.get("maxPerSecond").intValue());
    }
}
