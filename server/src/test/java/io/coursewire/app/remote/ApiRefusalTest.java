package io.coursewire.app.remote;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// A refusal says what is wrong, where, and what to do.
class ApiRefusalTest {
    @Test
    void a_problem_is_told_with_each_field() {
        var refusal =
                ApiRefusal.of(
                        400,
                        """
                        {"title": "Invalid body", "detail": "Mend the fields listed.",
                         "errors": [{"pointer": "/name", "message": "is missing"}]}
                        """);
        assertThat(refusal)
                .hasMessage("Invalid body (400): Mend the fields listed.\n  /name: is missing");
    }

    @Test
    void without_a_key_the_remedy_is_named() {
        assertThat(ApiRefusal.of(401, "{\"title\": \"No key\"}").getMessage())
                .startsWith("No key (401)")
                .contains("COURSEWIRE_KEY");
    }

    @Test
    void an_answer_of_something_else_is_shown_shortened() {
        assertThat(ApiRefusal.of(502, "<html>" + "x".repeat(10_000)).getMessage())
                .contains("not Coursewire's: <html>xxx", "--server")
                .hasSizeLessThan(400);
    }
}
