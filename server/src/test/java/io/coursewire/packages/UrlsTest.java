package io.coursewire.packages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UrlsTest {
    @ParameterizedTest
    @CsvSource({
        "'', b, b/",
        "a/, b/, a/b/",
        "a/, '', a/",
        "a/, https://x.example, https://x.example/",
        "a/, HTTPS://x.example/c/, HTTPS://x.example/c/",
        "https://x.example/, d, https://x.example/d/",
    })
    void bases_are_joined_and_an_absolute_one_begins_anew(String above, String own, String base) {
        assertThat(Urls.base(above, Optional.of(own).filter(text -> !text.isEmpty())))
                .isEqualTo(base);
    }
}
