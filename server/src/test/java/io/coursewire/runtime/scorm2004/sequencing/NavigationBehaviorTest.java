package io.coursewire.runtime.scorm2004.sequencing;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.runtime.scorm2004.sequencing.NavigationRequest.Choice;
import io.coursewire.runtime.scorm2004.sequencing.NavigationRequest.Jump;
import io.coursewire.runtime.scorm2004.sequencing.NavigationRequest.Plain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// NB.2.1: what may be asked, and what is refused before anything ends.
class NavigationBehaviorTest {
    private static final String COURSE =
            """
            <part id="flows"><sco id="f1"/><sco id="f2"/><sequencing><controlMode flow="true"/></sequencing></part>
            <part id="forward"><sco id="o1"/><sco id="o2"/>
              <sequencing><controlMode flow="true" forwardOnly="true"/></sequencing></part>
            <part id="still"><sco id="s1"/><sco id="s2"/></part>
            <part id="closed"><sco id="c1"/><sco id="c2"/>
              <sequencing><controlMode choice="false" flow="true"/></sequencing></part>
            <part id="held"><sco id="h1"/><sco id="h2"/>
              <sequencing><controlMode choiceExit="false" flow="true"/></sequencing></part>
            """;

    @ParameterizedTest
    @CsvSource({
        "f1, continue,              f2",
        "f2, previous,              f1",
        "s1, continue,              NB.2.1-4",
        "s1, previous,              NB.2.1-5",
        "o2, previous,              NB.2.1-5",
        "f1, {target=s2}choice,     s2",
        "f1, {target=c1}choice,     NB.2.1-10",
        "f1, {target=no}choice,     NB.2.1-11",
        "h1, {target=f1}choice,     NB.2.1-8",
        "h1, {target=h2}choice,     h2",
        "h1, {target=course}choice, NB.2.1-8",
        "f1, {target=c2}jump,       c2",
        "f1, {target=no}jump,       NB.2.1-11",
        "h1, {target=f2}jump,       f2",
        "f1, exit,                  waiting",
        "f1, exitAll,               ended",
        "f1, suspendAll,            ended",
        "f1, abandon,               waiting",
        "f1, abandonAll,            ended",
    })
    void a_request_is_met_or_refused_by_the_control_modes(
            String at, String request, String outcome) {
        var play = Play.course(COURSE);
        assertThat(play.launch(at)).isEqualTo(at);
        assertThat(play.go(NavigationRequest.parse(request).orElseThrow())).isEqualTo(outcome);
    }

    @ParameterizedTest
    @EnumSource(
            value = Plain.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"START", "RESUME_ALL"})
    void nothing_can_be_asked_of_a_course_that_has_not_begun(Plain request) {
        assertThat(Play.course(COURSE).go(request)).isEqualTo("NB.2.1-2");
    }

    @Test
    void a_course_begins_only_once() {
        var play = Play.course(COURSE);
        play.launch("f1");
        assertThat(play.go(Plain.START)).isEqualTo("NB.2.1-1");
        assertThat(play.go(Plain.RESUME_ALL)).isEqualTo("NB.2.1-1");
    }

    @Test
    void there_is_nothing_to_resume_where_nothing_is_suspended() {
        assertThat(Play.course(COURSE).go(Plain.RESUME_ALL)).isEqualTo("NB.2.1-3");
    }

    @Test
    void what_has_ended_cannot_end_again() {
        var play = Play.course(COURSE);
        play.launch("f1");
        play.go(Plain.EXIT);
        assertThat(play.go(Plain.EXIT)).isEqualTo("NB.2.1-12");
        assertThat(play.go(Plain.ABANDON)).isEqualTo("NB.2.1-12");
    }

    @Test
    void a_refused_request_leaves_the_state_as_it_was() {
        var play = Play.course(COURSE);
        play.launch("h1");
        var before = play.state;
        play.go(new Choice("f1"));
        assertThat(play.state).isEqualTo(before);
    }

    @Test
    void an_activity_that_holds_the_learner_holds_against_its_siblings_too() {
        var play =
                Play.flowing(
                        """
                <sco id="a"><sequencing><controlMode choiceExit="false"/></sequencing></sco><sco id="b"/>
                """);
        play.launch();
        assertThat(play.choose("b")).isEqualTo("NB.2.1-8");
        assertThat(play.jump("b")).isEqualTo("b");
    }

    @ParameterizedTest
    @CsvSource({
        "continue, CONTINUE",
        "previous, PREVIOUS",
        "exit, EXIT",
        "exitAll, EXIT_ALL",
        "abandon, ABANDON",
        "abandonAll, ABANDON_ALL",
        "suspendAll, SUSPEND_ALL"
    })
    void the_words_of_content_are_understood(String word, Plain request) {
        assertThat(NavigationRequest.parse(word)).contains(request);
    }

    @Test
    void targets_are_read_as_they_are_written() {
        assertThat(NavigationRequest.parse("{target=a b}c}choice")).contains(new Choice("a b}c"));
        assertThat(NavigationRequest.parse("{target=x}jump")).contains(new Jump("x"));
    }

    @ParameterizedTest
    @CsvSource({"_none_", "start", "resumeAll", "Continue", "''", "{target=}choice"})
    void other_words_ask_for_nothing(String word) {
        assertThat(NavigationRequest.parse(word)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"time-out", "logout"})
    void content_that_ran_out_of_time_leaves_the_course(String exit) {
        assertThat(NavigationRequest.fromContent("continue", exit)).contains(Plain.EXIT_ALL);
    }
}
