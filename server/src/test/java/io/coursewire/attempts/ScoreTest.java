package io.coursewire.attempts;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScoreTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "0.7667, 2, 0,   5,   0.7667",
                "-0.5,   -, -,   -,   0",
                "-,      2, 0,   5,   0.4",
                "-,      7, 5,   10,  0.4",
                "-,      80, -,  -,   0.8",
                "-,      80, -,  160, 0.5",
                "-,      80, 50, 50,  0.8",
                "-,      120, -, -,   1",
                "-,      1, 5,   10,  0",
                "-,      76.66499999999999, -, -, 0.7666499999999999",
                "-,      -, 0,   5,   -",
            })
    void a_scaled_score_is_kept_as_given_and_derived_only_where_absent(
            BigDecimal scaled, BigDecimal raw, BigDecimal min, BigDecimal max, BigDecimal told) {
        var score =
                new Score(
                        Optional.ofNullable(scaled),
                        Optional.ofNullable(raw),
                        Optional.ofNullable(min),
                        Optional.ofNullable(max));
        assertThat(score.scaledOrDerived().map(BigDecimal::stripTrailingZeros))
                .isEqualTo(Optional.ofNullable(told).map(BigDecimal::stripTrailingZeros));
    }
}
