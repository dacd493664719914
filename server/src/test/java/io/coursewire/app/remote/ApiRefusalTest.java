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
    void what_is_said_in_the_problem_s_detail_is_not_said_again() {
        var refusal =
                ApiRefusal.of(
                        400,
                        """
                        {"title": "Invalid input", "detail": "/name is missing.",
                         "errors": [{"pointer": "/name", "message": "is missing."}]}
                        """);
        assertThat(refusal).hasMessage("Invalid input (400): /name is missing.");
    }

    @Test
    void the_place_of_a_package_s_fault_is_told() {
        var refusal =
                ApiRefusal.of(
                        422,
                        """
                        {"title": "Package cannot be brought in", "detail": "not well-formed",
                         "place": "imsmanifest.xml (line 27)", "errors": []}
                        """);
        assertThat(refusal)
                .hasMessage(
                        "Package cannot be brought in (422): not well-formed\n  in imsmanifest.xml (line 27)");
    }

    @Test
    void where_nothing_was_found_the_client_is_asked_about() {
        assertThat(ApiRefusal.of(404, "{\"title\": \"Not found\"}").getMessage())
                .contains("--client");
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
