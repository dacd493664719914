package io.coursewire.offline.exporting;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.attempts.Payload;
import io.coursewire.kernel.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The cells of an attempt are what a JSON parser finds in it, whatever its texts hold.
class FlatAttemptTest {
    private static final String[] TEXTS = {
        "plain",
        "\"quoted\"",
        "back\\slash",
        "\\",
        "a,b}c]d{e[f:g",
        "zwölf 十二 \uD83D\uDE00",
        "tab\tline\n",
        ""
    };

    private final Random random = new Random(20261129);

    private String text() {
        return TEXTS[random.nextInt(TEXTS.length)];
    }

    private ObjectNode attempt() {
        var attempt = Json.MAPPER.createObjectNode();
        attempt.put("clientId", text());
        attempt.putObject("user").put("id", text()).put("username", text());
        for (var part : List.of("activity", "item")) {
            attempt.putObject(part)
                    .put("id", text())
                    .put("title", text())
                    .put("type", text())
                    .put("externalId", text());
        }
        attempt.put("attemptId", text()).put("attemptNumber", random.nextInt(100));
        attempt.put("status", text());
        for (var number : List.of("Scaled", "Raw", "Minimum", "Maximum")) {
            if (random.nextBoolean()) {
                attempt.put("score" + number, random.nextDouble() - 0.5);
            } else {
                attempt.putNull("score" + number);
            }
        }
        attempt.put("startedDateTime", text()).putNull("completedDateTime");
        attempt.put("durationSeconds", random.nextInt()).put("dataSource", text());
        var interactions = attempt.putArray("interactions");
        for (int n = random.nextInt(3); n > 0; n--) {
            interactions.addObject().put("number", n).put("id", text()).putArray("x").add(text());
        }
        return attempt;
    }

    private static void leaves(JsonNode node, List<String> cells) {
        for (var value : node) {
            if (value.isObject()) {
                leaves(value, cells);
            } else if (value.isArray()) {
                cells.add(value.isEmpty() ? "" : value.toString());
            } else {
                cells.add(value.isNull() ? "" : value.asString());
            }
        }
    }

    @Test
    void cells_are_the_values_in_their_order() {
        for (int i = 0; i < 2_000; i++) {
            var attempt = attempt();
            var expected = new ArrayList<String>();
            leaves(attempt, expected);
            var cells = FlatAttempt.cells(new Payload(Json.MAPPER.writeValueAsBytes(attempt)));
            assertThat(cells).extracting(FlatAttempt.Cell::text).isEqualTo(expected);
            assertThat(cells).hasSameSizeAs(FlatAttempt.header());
        }
    }
}
