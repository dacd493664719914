package io.coursewire.app;

import io.coursewire.app.Inbox.Arrival;
import io.coursewire.app.demo.Answered;
import io.coursewire.app.demo.PlayTwice.Played;
import io.coursewire.kernel.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/// Holds what subscribers were told against what the participant did.
final class ProveTold {
    private final Played played;

    ProveTold(Played played) {
        this.played = played;
    }

    /// What is not as it should be, one sentence each. `read` gets an attempt from the API by its id.
    List<String> faults(List<Arrival> arrivals, Arrival completed, Function<String, byte[]> read) {
        var faults = new ArrayList<String>();
        arrivals.stream()
                .filter(arrival -> !arrival.webhook().verified())
                .forEach(arrival -> faults.add(arrival.event() + " is not signed as it should be"));
        var told = Json.MAPPER.readTree(completed.webhook().body());
        expect(faults, "status", played.status(), told.path("status").asString());
        expect(faults, "scoreRaw", played.points(), told.path("scoreRaw").asInt());
        expect(faults, "scoreMaximum", played.maximum(), told.path("scoreMaximum").asInt());
        expect(
                faults,
                "interactions",
                played.answers().stream().map(ProveTold::answered).toList(),
                told.path("interactions").valueStream().map(ProveTold::told).toList());
        if (!Arrays.equals(
                completed.webhook().body(), read.apply(told.path("attemptId").asString()))) {
            faults.add("the API answers other bytes than the webhook carried");
        }
        return faults;
    }

    private static void expect(List<String> faults, String property, Object expected, Object told) {
        if (!expected.equals(told)) {
            faults.add("%s is %s, not %s".formatted(property, told, expected));
        }
    }

    private static String answered(Answered answered) {
        var result = answered.result().equals("wrong") ? "incorrect" : answered.result();
        return line(answered.question().id(), answered.response(), result);
    }

    private static String told(JsonNode interaction) {
        return line(
                interaction.path("id").asString(),
                interaction.path("learnerResponse").asString(),
                interaction.path("result").asString());
    }

    private static String line(String id, String response, String result) {
        return "%s: %s %s".formatted(id, response, result);
    }
}
