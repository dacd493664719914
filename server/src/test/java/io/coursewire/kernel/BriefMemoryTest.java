package io.coursewire.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BriefMemoryTest {
    private final BriefMemory<String, String> memory = new BriefMemory<>(Duration.ofHours(1));

    @Test
    void what_was_found_is_not_looked_up_again() {
        memory.get("key", _ -> Optional.of("first"));
        assertThat(memory.get("key", _ -> Optional.of("second"))).contains("first");
    }

    @Test
    void what_was_not_found_is_looked_up_again() {
        memory.get("key", _ -> Optional.empty());
        assertThat(memory.get("key", _ -> Optional.of("second"))).contains("second");
    }

    @Test
    void what_is_forgotten_during_its_look_up_is_not_remembered() {
        memory.get(
                "key",
                key -> {
                    memory.forget(key);
                    return Optional.of("old");
                });
        assertThat(memory.get("key", _ -> Optional.of("new"))).contains("new");
    }

    @Test
    void nothing_is_remembered_beyond_its_time() {
        var brief = new BriefMemory<String, String>(Duration.ZERO);
        brief.get("key", _ -> Optional.of("first"));
        assertThat(brief.get("key", _ -> Optional.of("second"))).contains("second");
    }

    @Test
    void the_number_of_entries_is_bounded_and_every_look_up_is_still_right() {
        for (int i = 0; i < BriefMemory.ENTRIES_MAX * 2 + 1; i++) {
            var key = Integer.toString(i);
            assertThat(memory.get(key, Optional::of)).contains(key);
        }
    }
}
