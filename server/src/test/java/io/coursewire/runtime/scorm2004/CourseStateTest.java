package io.coursewire.runtime.scorm2004;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.kernel.AttemptId;
import io.coursewire.packages.scorm2004.Manifests;
import io.coursewire.runtime.Elements;
import io.coursewire.runtime.scorm2004.sequencing.ActivityTree;
import io.coursewire.runtime.scorm2004.sequencing.Decision;
import io.coursewire.runtime.scorm2004.sequencing.NavigationRequest.Plain;
import io.coursewire.runtime.scorm2004.sequencing.Sequencer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CourseStateTest {
    private final ActivityTree tree =
            ActivityTree.of(Manifests.organization("<sco id=\"one\"></sco>"));
    private final String root = tree.organization().identifier();

    @Test
    void a_state_is_read_as_it_was_written() {
        var state = suspended().delivering("one", AttemptId.next());
        assertThat(CourseState.read(state.write())).isEqualTo(state);
        assertThat(CourseState.read(state.heard().write())).isEqualTo(state.heard());
        var shared = state.tracking().shared();
        assertThat(CourseState.readShared(CourseState.writeShared(shared))).isEqualTo(shared);
    }

    @Test
    void a_new_course_attempt_keeps_what_was_tracked_and_resumes_nothing() {
        var anew = suspended().anew();
        assertThat(anew.suspends()).isFalse();
        assertThat(anew.tracking().activity("one").attempts()).isEqualTo(1);
        assertThat(Sequencer.launch(tree, anew.tracking(), Optional.empty()).decision())
                .isEqualTo(new Decision.Deliver("one", false));
    }

    @Test
    void a_suspended_course_resumes() {
        var state = suspended();
        assertThat(state.suspends()).isTrue();
        assertThat(Sequencer.launch(tree, state.tracking(), Optional.empty()).decision())
                .isEqualTo(new Decision.Deliver("one", true));
    }

    @Test
    void a_course_attempt_is_over_once_its_content_was_left_for_good() {
        assertThat(ended(Plain.EXIT_ALL, "normal").isOver(root)).isTrue();
        assertThat(ended(Plain.ABANDON_ALL, "suspend").isOver(root)).isTrue();
        assertThat(suspended().isOver(root)).isFalse();
    }

    @Test
    void leaving_the_course_for_good_while_its_content_is_suspended_does_not_end_its_attempt() {
        var state = ended(Plain.EXIT_ALL, "suspend");
        assertThat(state.suspends()).isFalse();
        assertThat(state.isOver(root)).isFalse();
        assertThat(Sequencer.launch(tree, state.tracking(), Optional.empty()).decision())
                .isEqualTo(new Decision.Deliver("one", true));
        assertThat(Sequencer.launch(tree, state.anew().tracking(), Optional.empty()).decision())
                .isEqualTo(new Decision.Deliver("one", false));
    }

    @Test
    void a_course_attempt_is_not_over_while_something_is_under_way() {
        var state = ended(Plain.EXIT_ALL, "normal").delivering("one", AttemptId.next());
        assertThat(state.isOver(root)).isFalse();
        assertThat(state.left().isOver(root)).isTrue();
    }

    private CourseState suspended() {
        return ended(Plain.SUSPEND_ALL, "normal");
    }

    private CourseState ended(Plain request, String exit) {
        var state = CourseState.first(7);
        state = state.with(Sequencer.launch(tree, state.tracking(), Optional.empty()).state());
        var elements = Elements.of(Map.of("cmi.score.scaled", "0.5", "cmi.exit", exit));
        var data = ReportedData.of(elements, List.of());
        return state.with(Sequencer.finish(tree, state.tracking(), data, request).state());
    }
}
