package io.coursewire.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.attempts.AttemptStatus;
import io.coursewire.attempts.Interaction;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class InteractionsTest {
    private static final int VERY_MANY = 100_000;

    @Test
    @Timeout(20)
    void of_very_many_answers_the_first_ones_are_told_and_none_is_searched_for_in_all() {
        var said = new HashMap<String, String>();
        for (int n = 0; n < VERY_MANY; n++) {
            said.put("cmi.interactions." + n + ".id", "Q" + n);
            said.put("cmi.interactions." + n + ".result", "correct");
        }
        var told = Interactions.of(Elements.of(said), InteractionsTest::read);
        assertThat(told).hasSize(AttemptStatus.INTERACTIONS_MAX);
        assertThat(told.getLast().id()).isEqualTo("Q" + (AttemptStatus.INTERACTIONS_MAX - 1));
    }

    @Test
    void what_is_cut_off_ends_with_a_whole_character() {
        var response = "a".repeat(Interaction.RESPONSE_CHARS_MAX - 1) + "\uD83D\uDE00";
        assertThat(Interactions.limited(response))
                .isEqualTo("a".repeat(Interaction.RESPONSE_CHARS_MAX - 1));
        assertThat(Interactions.limited(response.substring(1))).isEqualTo(response.substring(1));
    }

    private static Interaction read(int number, String index, Elements answer) {
        return new Interaction(
                number,
                answer.get("id").orElse(""),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Interactions.patterns(Elements.of(Map.of())),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
