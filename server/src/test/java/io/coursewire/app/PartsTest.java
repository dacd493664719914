package io.coursewire.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartsTest {
    private final List<String> stopped = new ArrayList<>();
    private final Parts parts = new Parts();

    @Test
    void what_was_started_last_is_stopped_first_and_each_once() {
        part("database");
        part("server");
        parts.close();
        parts.close();
        assertThat(stopped).containsExactly("server", "database");
    }

    @Test
    void one_that_fails_to_stop_does_not_keep_the_others_from_it() {
        part("database");
        parts.add(
                "server",
                () -> {
                    throw new IllegalStateException("stuck");
                });
        parts.close();
        assertThat(stopped).containsExactly("database");
    }

    @Test
    void what_is_started_after_the_stop_is_stopped_at_once() {
        parts.close();
        assertThatThrownBy(() -> part("late")).hasMessage("stopped while starting");
        assertThat(stopped).containsExactly("late");
    }

    private void part(String name) {
        parts.add(name, () -> stopped.add(name));
    }
}
