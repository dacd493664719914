package io.coursewire.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.options.AriaRole;
import io.coursewire.e2e.Subscriber.Told;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// A SCORM 2004 course of several items in a participant's browser: sequencing decides where it may lead.
@Tag("slow")
class SequencedCourseTest {
    private static final String PASS =
            "set('cmi.completion_status', 'completed'), set('cmi.success_status', 'passed'), commit()";

    @RegisterExtension static final Product product = new Product();
    @RegisterExtension final Browser browser = new Browser();
    @TempDir Path folder;

    private Organization organization;
    private BrowserContext context;
    private String activityId;

    @BeforeEach
    void bring() throws IOException {
        organization = product.organization();
        activityId = organization.bring(Packages.sequenced(folder));
        context = browser.context();
    }

    @Test
    void the_controls_and_the_contents_offer_what_sequencing_allows_and_no_more() {
        var played = open();
        played.isAt("Water");
        assertThat(played.control("Previous")).isDisabled();
        assertThat(played.line("Fire")).hasAttribute("aria-disabled", "true");
        played.content().evaluate(PASS);
        assertThat(played.line("Fire")).not().hasAttribute("aria-disabled", "true");
        played.line("Fire").click();
        played.isAt("Fire");
        assertThat(played.line("Water")).hasAttribute("data-status", "passed");
        assertThat(played.control("Previous")).isEnabled();
        played.control("Previous").click();
        played.isAt("Water");
    }

    @Test
    void content_asks_to_go_on_and_what_is_skipped_is_not_delivered() {
        var played = open();
        played.isAt("Water");
        played.content().evaluate(PASS);
        ask(played, "continue");
        played.isAt("Fire");
        assertThat(played.course().locator("#bookmark")).containsText("the beginning");
        assertThat(played.content().evaluate("get('adl.nav.request_valid.continue')"))
                .isEqualTo("true");
        assertThat(
                        played.content()
                                .evaluate("get('adl.nav.request_valid.choice.{target=nowhere}')"))
                .isEqualTo("false");
        ask(played, "continue");
        played.isAt("Test");
        assertThat(played.control("Next")).isHidden();
    }

    @Test
    void a_failed_test_is_taken_again_as_the_next_attempt_and_passed_it_ends_the_course()
            throws IOException {
        try (var subscriber = new Subscriber()) {
            organization.tell(subscriber);
            var played = open();
            played.isAt("Water");
            played.content().evaluate(PASS);
            ask(played, "continue");
            played.isAt("Fire");
            played.content().evaluate(PASS);
            ask(played, "continue");
            played.isAt("Test");
            played.content()
                    .evaluate(
                            "set('cmi.score.scaled', '0.5'), set('adl.nav.request', 'exit'), finish()");
            organization.awaitAttempt(activityId, "Test", 2, "active");
            assertThat(played.course().locator("#bookmark")).containsText("the beginning");
            played.isAt("Test");
            played.content()
                    .evaluate(
                            "set('cmi.completion_status', 'completed'), set('cmi.score.scaled', '0.9'), set('adl.nav.request', 'exit'), finish()");
            assertThat(played.page().locator("#message")).containsText("Everything is saved");

            organization.awaitAttempt(activityId, "Test", 2, "passed");
            assertThat(organization.attempts(activityId))
                    .extracting(
                            a -> a.get("item").get("title").asString(),
                            a -> a.get("attemptNumber").asInt(),
                            a -> a.get("status").asString())
                    .containsExactlyInAnyOrder(
                            tuple("Water", 1, "passed"),
                            tuple("Fire", 1, "passed"),
                            tuple("Test", 1, "failed"),
                            tuple("Test", 2, "passed"));
            // All that is told of a participant in a course comes in order, and this last.
            subscriber.await(
                    told ->
                            told.event().equals("attempt.completed")
                                    && told.json().at("/item/externalId").asString().equals("test")
                                    && told.json().get("attemptNumber").asInt() == 2);
            assertThat(subscriber.told())
                    .filteredOn(told -> told.event().equals("attempt.started"))
                    .hasSize(4);
            assertThat(subscriber.told())
                    .filteredOn(told -> told.event().equals("attempt.completed"))
                    .extracting(Told::json)
                    .extracting(a -> a.get("item").get("externalId").asString())
                    .contains("water", "fire", "test");
            assertThat(subscriber.unverified()).isEmpty();
        }
    }

    @Test
    void a_course_that_is_through_says_so_and_its_reload_begins_nothing() {
        var played = open();
        for (var title : List.of("Water", "Fire")) {
            played.isAt(title);
            played.content().evaluate(PASS);
            ask(played, "continue");
        }
        played.isAt("Test");
        played.content()
                .evaluate(
                        "set('cmi.completion_status', 'completed'), set('cmi.score.scaled', '0.9'), set('adl.nav.request', 'exit'), finish()");
        assertThat(played.page().locator("#message")).containsText("You passed.");
        played.page().reload();
        assertThat(played.page().getByRole(AriaRole.HEADING))
                .hasText("You have finished this course");
        assertThat(organization.attempts(activityId)).hasSize(3);
    }

    @Test
    void left_for_good_it_does_not_promise_to_go_on() {
        var played = open();
        played.isAt("Water");
        played.exit();
        assertThat(played.page().locator("#message")).containsText("Everything is saved");
        assertThat(played.page().locator("#message")).not().containsText("go on later");
    }

    @Test
    void suspended_it_is_resumed_in_another_browser_at_the_same_item_with_its_data() {
        var played = open();
        played.isAt("Water");
        played.content().evaluate(PASS);
        ask(played, "continue");
        played.isAt("Fire");
        played.content().evaluate("set('cmi.location', 'page 4')");
        played.control("Suspend").click();
        assertThat(played.page().locator("#message")).containsText("go on later where you left");
        organization.awaitAttempt(activityId, "Fire", 1, "suspended");
        context.close();

        context = browser.context();
        var again = open();
        again.isAt("Fire");
        assertThat(again.course().locator("#bookmark")).hasText("You are at: page 4");
        assertThat(again.content().evaluate("get('cmi.entry')")).isEqualTo("resume");
        organization.awaitAttempt(activityId, "Fire", 1, "active");
    }

    @Test
    void a_reload_stays_at_the_item_and_keeps_its_data() {
        var played = open();
        played.isAt("Water");
        played.content().evaluate(PASS);
        ask(played, "continue");
        played.isAt("Fire");
        played.content().evaluate("set('cmi.location', 'page 2'), commit()");
        assertThat(played.state()).hasText("Saved");
        played.page().reload();
        played.isAt("Fire");
        assertThat(played.course().locator("#bookmark")).hasText("You are at: page 2");
    }

    @Test
    void what_the_standard_bounds_more_closely_than_real_content_does_is_kept() {
        var played = open();
        played.isAt("Water");
        played.content()
                .evaluate(
                        """
                        () => {
                          const at = 'cmi.interactions.0.';
                          set(at + 'id', 'q'); set(at + 'type', 'true-false'); set(at + 'learner_response', 'true'); set(at + 'result', 'wrong');
                          set(at + 'timestamp', '2026-11-24T05:50:00.025Z'); set('cmi.session_time', 'PT83.456S');
                          set('cmi.suspend_data', 'x'.repeat(250000)); commit();
                        }
                        """);
        assertThat(played.state()).hasText("Saved");
        var attempt = organization.awaitAttempt(activityId, "Water", 1, "active");
        assertThat(attempt.get("durationSeconds").decimalValue()).isEqualByComparingTo("83.46");
        var answer = attempt.get("interactions").get(0);
        assertThat(answer.get("result").asString()).isEqualTo("incorrect");
        assertThat(answer.get("timestamp").asString()).isEqualTo("2026-11-24T05:50:00");
        played.page().reload();
        played.isAt("Water");
        assertThat(played.content().evaluate("get('cmi.suspend_data').length")).isEqualTo(250_000);
    }

    private static void ask(PlayedCourse played, String request) {
        played.content().evaluate("set('adl.nav.request', '" + request + "'), finish()");
    }

    private PlayedCourse open() {
        return PlayedCourse.open(context.newPage(), organization.launch(activityId).url());
    }
}
