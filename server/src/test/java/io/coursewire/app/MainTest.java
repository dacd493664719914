package io.coursewire.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class MainTest {
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

    private int run(String... arguments) {
        return Main.commandLine().setErr(new PrintWriter(errors)).execute(arguments);
    }
}
