package io.coursewire.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class NearestTest {
    @Test
    void a_word_that_is_none_is_told_all_there_are_in_an_order_that_stays() {
        assertThat(Nearest.oneOf("pased", Set.of("passed", "failed", "completed")))
                .isEqualTo("must be one of completed, failed, passed. Did you mean \"passed\"?");
    }

    @Test
    void one_word_is_no_choice() {
        assertThat(Nearest.oneOf("old", Set.of("new"))).isEqualTo("must be new.");
    }
}
