package io.coursewire.offline.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.kernel.Json;
import io.coursewire.offline.reading.XapiAttempts.TooFarApart;
import io.coursewire.offline.reading.XapiAttempts.Whole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Statements put together wherever in the file they are, within a bound.
class XapiAttemptsTest {
    @TempDir Path folder;

    private List<XapiAttempts.Outcome> outcomes(List<String> lines, long bytesMax)
            throws IOException {
        var file = Files.write(folder.resolve("statements.ndjson"), lines);
        var attempts = XapiAttempts.of(file, 0, bytesMax);
        var outcomes = new ArrayList<XapiAttempts.Outcome>();
        long line = 0;
        for (var text : lines) {
            var read = XapiStatement.read(Json.MAPPER.readTree(text), ++line);
            outcomes.addAll(attempts.take(((XapiStatement.Understood) read).statement()));
        }
        return outcomes;
    }

    private static String statement(int person, String verb, int second) {
        return """
               {"actor":{"account":{"name":"user%d"}},"verb":{"id":"http://adlnet.gov/expapi/verbs/%s"},\
               "object":{"id":"%s"},"context":{"registration":"r%d","contextActivities":{"parent":[{"id":"quiz"}]}},\
               "timestamp":"2026-11-20T16:00:%02dZ"}\
               """
                .formatted(person, verb, verb.equals("answered") ? "q" : "quiz", person, second);
    }

    @Test
    void statements_that_are_far_apart_are_one_attempt_while_there_is_room_to_wait()
            throws IOException {
        var lines = new ArrayList<String>();
        for (int person = 0; person < 100; person++) {
            lines.add(statement(person, "answered", 1));
        }
        for (int person = 0; person < 100; person++) {
            lines.add(statement(person, "passed", 2));
        }
        assertThat(outcomes(lines, XapiAttempts.WAITING_BYTES_MAX))
                .hasSize(100)
                .allSatisfy(
                        outcome ->
                                assertThat(((Whole) outcome).attempt().cells())
                                        .containsEntry("status", "passed")
                                        .containsKey("interactions"));
        var few = outcomes(lines, 60_000);
        assertThat(few).hasSize(100);
        var refused = few.stream().filter(TooFarApart.class::isInstance).toList();
        assertThat(refused).isNotEmpty().hasSizeLessThan(70);
        assertThat(((TooFarApart) refused.getFirst()).line()).isBetween(130L, 200L);
        assertThat(few.stream().filter(Whole.class::isInstance))
                .allSatisfy(
                        outcome ->
                                assertThat(((Whole) outcome).attempt().cells())
                                        .containsKey("interactions"));
    }

    @Test
    void the_last_line_of_every_key_is_known() {
        var random = new Random(20261129);
        var lastLines = new LastLines(20_000);
        var expected = new HashMap<String, Long>();
        for (long line = 1; line <= 100_000; line++) {
            var key = "key " + random.nextInt(20_000);
            assertThat(lastLines.see(key, line, key.endsWith("7"))).isTrue();
            expected.put(key, line);
        }
        expected.forEach(
                (key, line) -> {
                    assertThat(lastLines.isLast(key, line)).isTrue();
                    assertThat(lastLines.isLast(key, line - 1)).isFalse();
                    assertThat(lastLines.isNamed(key)).isEqualTo(key.endsWith("7"));
                });
        assertThat(lastLines.isLast("another key", 1)).isFalse();
        for (int i = 0; i < 20_000 - expected.size(); i++) {
            assertThat(lastLines.see("more " + i, 1, false)).isTrue();
        }
        assertThat(lastLines.see("too many", 1, false)).isFalse();
    }
}
