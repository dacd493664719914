package io.coursewire.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter errors = new StringWriter();

    @Test
    void a_misspelt_flag_is_refused_with_the_one_that_was_probably_meant() {
        assertThat(run("serve", "--prt", "0")).isEqualTo(2);
        assertThat(errors.toString())
                .contains("Did you mean \"--port\"?")
                .contains("coursewire serve --help")
                .hasLineCount(2);
    }

    @Test
    void a_misspelt_command_too() {
        assertThat(run("serv")).isEqualTo(2);
        assertThat(errors.toString())
                .contains("Did you mean \"serve\"?")
                .contains("coursewire --help");
    }

    @Test
    void every_command_says_its_version() {
        assertThat(run("--version")).isZero();
        assertThat(run("key", "list", "--version")).isZero();
        assertThat(out.toString()).hasLineCount(2).startsWith("Coursewire ");
    }

    @Test
    void a_key_s_id_that_is_none_is_refused_in_words() {
        assertThat(run("key", "revoke", "lms", "--client", "acme", "--key", "k")).isEqualTo(2);
        assertThat(errors.toString()).contains("what `key list` shows", "not lms");
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve", "demo", "listen", "import", "offline", "key"})
    void what_a_flag_takes_is_named_for_people(String command) {
        assertThat(run(command, "--help")).isZero();
        assertThat(out.toString()).doesNotContain("<");
    }

    private int run(String... arguments) {
        return Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(errors))
                .execute(arguments);
    }
}
