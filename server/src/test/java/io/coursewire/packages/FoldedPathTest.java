package io.coursewire.packages;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Paths are compared as file systems do that do not tell upper from lower case.
class FoldedPathTest {
    @ParameterizedTest
    @CsvSource({
        "a/B.html, A/b.HTML, true",
        "ÄÖÜ, äöü, true",
        "ΣΑΣ, σας, true",
        "И, и, true",
        "u\u0308, Ü, true",
        "𐐀, 𐐨, true",
        "Straße, STRASSE, false",
        "ﬁ, FI, false",
    })
    void letters_are_compared_one_by_one(String one, String other, boolean same) {
        assertThat(FoldedPath.of(one).equals(FoldedPath.of(other))).isEqualTo(same);
    }
}
