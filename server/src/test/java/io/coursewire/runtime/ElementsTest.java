package io.coursewire.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ElementsTest {
    private static final List<String> NAMES =
            List.of("cmi.a", "cmi.a.0.id", "cmi.a.1.id", "cmi.a.10.id", "cmi.b", "cmi.c.x", "d");

    /// Whatever changes come in whatever order, they hold what a sorted map would hold.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void they_are_as_a_sorted_map_would_be(long seed) {
        var random = new Random(seed);
        var elements = Elements.NONE;
        var model = new TreeMap<String, String>();
        for (int step = 0; step < 50; step++) {
            var changes = changes(random);
            elements = elements.with(changes);
            model.putAll(changes);
            if (random.nextInt(5) == 0) {
                var gone = NAMES.get(random.nextInt(NAMES.size()));
                elements = elements.without(gone::equals);
                model.remove(gone);
            }
            assertThat(List.copyOf(elements.asMap().entrySet()))
                    .isEqualTo(List.copyOf(model.entrySet()));
            for (var prefix : List.of("", "cmi.", "cmi.a", "cmi.a.", "cmi.a.1", "e")) {
                assertThat(elements.within(prefix).asMap().values())
                        .containsExactlyElementsOf(elements.below(prefix).values());
                assertThat(elements.below(prefix))
                        .isEqualTo(model.subMap(prefix, prefix + Character.MAX_VALUE));
                assertThat(elements.within(prefix).asMap()).hasSize(elements.below(prefix).size());
            }
        }
    }

    @Test
    void what_is_blank_was_never_said() {
        var elements = Elements.of(Map.of("a", " ", "b", "x"));
        assertThat(elements.get("a")).isEmpty();
        assertThat(elements.get("b")).contains("x");
        assertThat(elements.get("c")).isEmpty();
        assertThat(elements.asMap()).containsEntry("a", " ").doesNotContainKey("c");
    }

    @Test
    void those_below_know_nothing_of_the_others_and_cannot_be_changed() {
        var elements = Elements.of(Map.of("a.0", "x", "b", "y"));
        assertThat(elements.below("a.").get("b")).isNull();
        assertThat(elements.within("a.").get("0")).contains("x");
        assertThatThrownBy(() -> elements.asMap().put("a.0", "z"))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    private static Map<String, String> changes(Random random) {
        var changes = new HashMap<String, String>();
        IntStream.range(0, random.nextInt(5))
                .forEach(
                        n ->
                                changes.put(
                                        NAMES.get(random.nextInt(NAMES.size())),
                                        Integer.toString(random.nextInt(100))));
        return changes;
    }
}
