package io.coursewire.runtime.scorm2004.sequencing;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.runtime.scorm2004.sequencing.ActivityTracking.Flag;
import io.coursewire.runtime.scorm2004.sequencing.NavigationRequest.Choice;
import io.coursewire.runtime.scorm2004.sequencing.NavigationRequest.Jump;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/// What holds for every course and every learner, however odd. A failure names the seed that shows it.
class SequencerPropertyTest {
    private static final int COURSES = 400;
    private static final int STEPS = 40;
    private static final JsonMapper JSON = new JsonMapper();

    private static List<Outcome> played(long seed, ActivityTree tree) {
        var requests = new GeneratedRequests(seed, tree);
        var outcomes = new ArrayList<Outcome>();
        var state = TrackingState.initial(seed);
        for (int i = 0; i < STEPS; i++) {
            outcomes.add(requests.step(state));
            state = outcomes.getLast().state();
        }
        return outcomes;
    }

    @Test
    void any_requests_on_any_course_leave_a_valid_state() {
        for (long seed = 0; seed < COURSES; seed++) {
            var tree = GeneratedCourse.of(seed, true);
            for (var outcome : played(seed, tree)) {
                assertValid(seed, tree, outcome);
            }
        }
    }

    private static void assertValid(long seed, ActivityTree tree, Outcome outcome) {
        var state = outcome.state();
        assertThat(state.currentActivity().stream().allMatch(tree::contains))
                .as("current, seed %d", seed)
                .isTrue();
        state.activities()
                .forEach(
                        (item, tracking) -> {
                            var activity = tree.number(item).orElseThrow();
                            var parent = tree.parent(activity);
                            // A leaf is both once content has said that it suspends, until its
                            // attempt ends.
                            assertThat(
                                            tracking.is(Flag.ACTIVE)
                                                    && tracking.is(Flag.SUSPENDED)
                                                    && !tree.isLeaf(activity))
                                    .as("cluster %s active and suspended, seed %d", item, seed)
                                    .isFalse();
                            if (tracking.is(Flag.ACTIVE) && parent != ActivityTree.NONE) {
                                assertThat(state.activity(tree.identifier(parent)).is(Flag.ACTIVE))
                                        .as("parent of active %s is active, seed %d", item, seed)
                                        .isTrue();
                            }
                            tracking.availableChildren()
                                    .ifPresent(
                                            children ->
                                                    assertThat(children)
                                                            .as(
                                                                    "children of %s, seed %d",
                                                                    item, seed)
                                                            .doesNotHaveDuplicates()
                                                            .allSatisfy(
                                                                    child ->
                                                                            assertThat(
                                                                                            tree
                                                                                                    .parent(
                                                                                                            tree.number(
                                                                                                                            child)
                                                                                                                    .orElseThrow()))
                                                                                    .isEqualTo(
                                                                                            activity)));
                        });
        assertThat(
                        state.activities().entrySet().stream()
                                .filter(entry -> entry.getValue().is(Flag.ACTIVE))
                                .filter(
                                        entry ->
                                                tree.isLeaf(
                                                        tree.number(entry.getKey()).orElseThrow()))
                                .count())
                .as("active leaves, seed %d", seed)
                .isLessThanOrEqualTo(1);
        if (outcome.decision() instanceof Decision.Deliver(var item, var _)) {
            assertThat(state.currentActivity()).as("delivered, seed %d", seed).contains(item);
            assertThat(state.activity(item).is(Flag.ACTIVE))
                    .as("delivered, seed %d", seed)
                    .isTrue();
        }
    }

    @Test
    void the_same_requests_give_the_same_answers() {
        for (long seed = 0; seed < COURSES / 4; seed++) {
            assertThat(played(seed, GeneratedCourse.of(seed, true)))
                    .as("seed %d", seed)
                    .isEqualTo(played(seed, GeneratedCourse.of(seed, true)));
        }
    }

    @Test
    void every_state_survives_being_stored() {
        for (long seed = 0; seed < COURSES / 4; seed++) {
            for (var outcome : played(seed, GeneratedCourse.of(seed, true))) {
                var stored = JSON.writeValueAsString(outcome.state());
                assertThat(JSON.readValue(stored, TrackingState.class))
                        .as("seed %d", seed)
                        .isEqualTo(outcome.state());
            }
        }
    }

    @Test
    void a_choice_is_offered_if_and_only_if_it_is_met() {
        for (long seed = 0; seed < COURSES; seed++) {
            var tree = GeneratedCourse.of(seed, false);
            var outcomes = played(seed, tree);
            var state = outcomes.get((int) (seed % STEPS)).state();
            var valid = Sequencer.navigation(tree, state).valid();
            for (var item : tree.items()) {
                var id = item.identifier();
                assertThat(valid.choice().contains(id))
                        .as("choice of %s, seed %d", id, seed)
                        .isEqualTo(delivers(tree, state, new Choice(id)));
                if (item.isLeaf()) {
                    assertThat(valid.jump().contains(id))
                            .as("jump to %s, seed %d", id, seed)
                            .isEqualTo(delivers(tree, state, new Jump(id)));
                }
            }
        }
    }

    private static boolean delivers(
            ActivityTree tree, TrackingState state, NavigationRequest request) {
        return Sequencer.navigate(tree, state, request).decision() instanceof Decision.Deliver;
    }
}
