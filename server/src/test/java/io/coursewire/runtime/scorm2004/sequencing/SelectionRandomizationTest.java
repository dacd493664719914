package io.coursewire.runtime.scorm2004.sequencing;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.packages.scorm2004.Manifests;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// SR.1 and SR.2: which children are offered, and that chance is the seed's alone.
class SelectionRandomizationTest {
    private static ActivityTree pool(String controls) {
        var items =
                IntStream.range(0, 10)
                        .mapToObj(n -> "<sco id=\"q" + n + "\"/>")
                        .collect(Collectors.joining());
        return ActivityTree.of(
                Manifests.organization(
                        "<part id=\"pool\">"
                                + items
                                + "<sequencing><controlMode flow=\"true\"/><randomizationControls "
                                + controls
                                + "/></sequencing></part><sco id=\"end\"/><sequencing><controlMode flow=\"true\"/></sequencing>"));
    }

    private static Play launched(String controls, long seed) {
        var play = new Play(pool(controls), TrackingState.initial(seed));
        play.launch();
        return play;
    }

    private static List<String> offered(Play play) {
        return play.state.activity("pool").availableChildren().orElse(List.of());
    }

    @Test
    void as_many_are_selected_as_the_manifest_says_in_their_order() {
        var offered = offered(launched("selectionTiming=\"once\" selectCount=\"4\"", 7));
        assertThat(offered).hasSize(4).isSorted();
    }

    @Test
    void all_are_offered_where_nothing_is_to_be_selected() {
        assertThat(
                        launched("selectionTiming=\"never\" selectCount=\"4\"", 7)
                                .state
                                .activity("pool")
                                .availableChildren())
                .isEmpty();
        assertThat(
                        launched("selectionTiming=\"once\" selectCount=\"40\"", 7)
                                .state
                                .activity("pool")
                                .availableChildren())
                .isEmpty();
    }

    @Test
    void the_same_seed_selects_and_orders_alike() {
        var controls =
                "selectionTiming=\"once\" selectCount=\"6\" randomizationTiming=\"once\" reorderChildren=\"true\"";
        assertThat(offered(launched(controls, 42))).isEqualTo(offered(launched(controls, 42)));
    }

    @Test
    void what_was_drawn_is_kept_even_where_it_changed_nothing() {
        var all =
                launched(
                        "selectionTiming=\"once\" selectCount=\"9\" randomizationTiming=\"once\" reorderChildren=\"true\"",
                        5);
        var waiting = all.state;
        all.launch("end");
        all.go(NavigationRequest.Plain.EXIT_ALL);
        all.launch();
        assertThat(offered(all))
                .isEqualTo(waiting.activity("pool").availableChildren().orElseThrow());
    }

    @Test
    void other_seeds_give_other_orders() {
        var orders = new HashSet<List<String>>();
        for (long seed = 0; seed < 20; seed++) {
            orders.add(
                    offered(
                            launched(
                                    "randomizationTiming=\"once\" reorderChildren=\"true\"",
                                    seed)));
        }
        assertThat(orders).hasSizeGreaterThan(15);
    }

    @Test
    void once_means_once_for_all_attempts() {
        var play =
                launched(
                        "selectionTiming=\"once\" selectCount=\"3\" randomizationTiming=\"once\" reorderChildren=\"true\"",
                        3);
        var first = offered(play);
        play.go(NavigationRequest.Plain.EXIT_ALL);
        play.launch();
        assertThat(offered(play)).isEqualTo(first);
    }

    @Test
    void each_new_attempt_draws_anew() {
        var play = launched("randomizationTiming=\"onEachNewAttempt\" reorderChildren=\"true\"", 3);
        var orders = new HashSet<List<String>>();
        for (int i = 0; i < 5; i++) {
            orders.add(offered(play));
            play.go(NavigationRequest.Plain.EXIT_ALL);
            play.launch();
        }
        assertThat(orders).hasSizeGreaterThan(3);
    }

    @Test
    void a_suspended_cluster_keeps_its_children() {
        var play = launched("randomizationTiming=\"onEachNewAttempt\" reorderChildren=\"true\"", 3);
        var first = offered(play);
        play.go(NavigationRequest.Plain.SUSPEND_ALL);
        play.launch();
        assertThat(offered(play)).isEqualTo(first);
    }

    @Test
    void flow_follows_the_order_that_was_drawn() {
        var play = launched("randomizationTiming=\"once\" reorderChildren=\"true\"", 11);
        var order = offered(play);
        for (var item : order.subList(1, order.size())) {
            assertThat(play.next()).isEqualTo(item);
        }
        assertThat(play.next()).isEqualTo("end");
        assertThat(
                        Sequencer.launch(play.tree, play.state, Optional.of(order.getFirst()))
                                .decision())
                .isInstanceOf(Decision.Deliver.class);
    }
}
