package io.coursewire.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// People read the very tokens that were signed.
class PrettyJsonTest {
    @Test
    void every_token_stays_as_it_is_on_lines_of_its_own() {
        assertThat(
                        PrettyJson.plain(
                                "{\"scaled\":0.9000,\"text\":\"a, {b}: \\\"c\\\"\",\"none\":[],\"list\":[1,null]}"))
                .isEqualTo(
                        """
                          {
                            "scaled": 0.9000,
                            "text": "a, {b}: \\"c\\"",
                            "none": [],
                            "list": [
                              1,
                              null
                            ]
                          }"""
                                .indent(2)
                                .stripTrailing());
    }

    @Test
    void colours_change_nothing_but_colours() {
        var json = "{\"a\":[{\"b\":\"c\"}],\"d\":{}}";
        assertThat(PrettyJson.coloured(json).replaceAll("\u001b\\[\\d+m", ""))
                .isEqualTo(PrettyJson.plain(json));
    }
}
