package io.coursewire.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// What a participant's browser and the whole product make of the ways in which courses are left, lost and found again.
@Tag("slow")
class FixtureCourseTest {
    private static final String ANSWER =
            """
            n => {
              const at = `cmi.interactions.${n}.`;
              set(at + 'id', `Q_${n}`); set(at + 'type', 'choice'); set(at + 'student_response', 'b'); set(at + 'result', 'wrong');
              set(at + 'correct_responses.0.pattern', 'a'); set(at + 'latency', '00:00:0' + n); commit();
            }
            """;

    @RegisterExtension static final Product product = new Product();
    @RegisterExtension final Browser browser = new Browser();
    @TempDir Path folder;

    private Organization organization;
    private BrowserContext context;
    private String activityId;

    @BeforeEach
    void bring() throws IOException {
        organization = product.organization();
        activityId = organization.bring(Packages.fixture(folder));
        context = browser.context();
    }

    @Test
    void left_midway_and_taken_up_in_another_browser_it_finds_bookmark_score_and_time() {
        var launch = organization.launch(activityId);
        var played = open(context, launch.url());
        played.content()
                .evaluate(
                        """
                        () => {
                          set('cmi.core.lesson_location', 'page 3');
                          set('cmi.core.score.raw', '40');
                          set('cmi.core.lesson_status', 'incomplete');
                          window.onunload = () => { set('cmi.core.session_time', '00:02:30'); set('cmi.core.exit', 'suspend'); finish(); };
                        }
                        """);
        played.leave();
        organization.awaitStatus(launch, "suspended");
        context.close();

        var again = open(browser.context(), organization.launch(activityId).url());
        assertThat(again.course().locator("#bookmark")).hasText("You are at: page 3");
        assertThat(again.content().evaluate("get('cmi.core.score.raw')")).isEqualTo("40");
        assertThat(again.content().evaluate("get('cmi.core.total_time')"))
                .isEqualTo("0000:02:30.00");
        assertThat(again.content().evaluate("get('cmi.core.entry')")).isEqualTo("resume");
        assertThat(organization.status(launch).get("status").asString()).isEqualTo("active");
    }

    @Test
    void answers_that_are_given_without_a_connection_are_all_there_when_it_is_back() {
        var launch = organization.launch(activityId);
        var played = open(context, launch.url());
        played.content().evaluate(ANSWER, 0);
        context.setOffline(true);
        played.content().evaluate(ANSWER, 1);
        played.content().evaluate(ANSWER, 2);
        assertThat(played.state()).hasText("Not saved");
        context.setOffline(false);
        assertThat(played.state()).hasText("Saved");
        var interactions = organization.status(launch).get("interactions");
        assertThat(interactions).hasSize(3);
        assertThat(interactions.get(2).get("id").asString()).isEqualTo("Q_2");
        assertThat(interactions.get(2).get("result").asString()).isEqualTo("incorrect");
        assertThat(interactions.get(2).get("latencySeconds").asInt()).isEqualTo(2);
    }

    @Test
    void the_server_may_be_killed_while_the_course_goes_on() throws Exception {
        var launch = organization.launch(activityId);
        var played = open(context, launch.url());
        played.content().evaluate(ANSWER, 0);
        assertThat(played.state()).hasText("Saved");
        product.process().kill();
        played.content().evaluate(ANSWER, 1);
        assertThat(played.state()).hasText("Not saved");
        product.process().startAgain();
        // The player may wait half a minute before it tries again.
        assertThat(played.state())
                .hasText("Saved", new LocatorAssertions.HasTextOptions().setTimeout(60_000));
        assertThat(organization.status(launch).get("interactions")).hasSize(2);
    }

    @Test
    void killed_between_commit_and_delivery_the_server_tells_it_after_its_restart()
            throws Exception {
        try (var subscriber = new Subscriber()) {
            organization.tell(subscriber);
            subscriber.hold();
            var launch = organization.launch(activityId);
            var played = open(context, launch.url());
            played.content()
                    .evaluate(
                            "() => { set('cmi.core.lesson_status', 'passed'); set('cmi.core.score.raw', '90'); finish(); }");
            // Completed is what is final and closed: the finish has to be there as well.
            assertThat(played.page().locator("#message")).containsText("You passed.");
            assertThat(subscriber.told()).isEmpty();
            product.process().kill();
            subscriber.release();
            product.process().startAgain();
            assertThat(subscriber.await("attempt.completed").body())
                    .isEqualTo(organization.attempt(launch));
            assertThat(organization.status(launch).get("scoreRaw").asInt()).isEqualTo(90);
            assertThat(subscriber.told().getFirst().event()).isEqualTo("attempt.started");
        }
    }

    @Test
    void a_reload_in_the_middle_of_a_page_goes_on_without_a_loss() {
        var launch = organization.launch(activityId);
        var played = open(context, launch.url());
        played.content()
                .evaluate(
                        "() => { window.onunload = () => { set('cmi.core.lesson_location', 'page 8'); }; }");
        played.page().reload();
        assertThat(played.course().locator("#bookmark")).hasText("You are at: page 8");
        assertThat(organization.status(launch).get("status").asString()).isEqualTo("active");
    }

    @Test
    void a_value_that_cannot_be_kept_takes_nothing_else_with_it() {
        var launch = organization.launch(activityId);
        var played = open(context, launch.url());
        var taken =
                played.content()
                        .evaluate(
                                """
                                [set('cmi.core.score.raw', '80'), set('cmi.suspend_data', 'a\\0b'), set('cmi.suspend_data', 'half of \\ud83d'),
                                 set('cmi.' + 'x'.repeat(100000), ''), set('cmi.core.lesson_status', 'passed'), commit()].join()
                                """);
        assertThat(taken).isEqualTo("true,false,false,false,true,true");
        organization.awaitStatus(launch, "passed");
        assertThat(played.state()).hasText("Saved");
        assertThat(organization.status(launch).get("scoreRaw").decimalValue())
                .isEqualByComparingTo("80");
    }

    @Test
    void who_only_looks_at_a_course_hears_of_no_results_that_wait() {
        var played = open(context, organization.launch(activityId, ", 'mode': 'browse'").url());
        context.setOffline(true);
        played.content().evaluate("set('cmi.core.score.raw', '80'), commit()");
        assertThat(played.page().locator("#state[data-state='Not saved']")).isAttached();
        assertThat(played.page().getByRole(AriaRole.ALERT)).hasCount(0);
        played.exit();
        assertThat(played.page().getByRole(AriaRole.HEADING)).hasText("You have left the course");
    }

    @Test
    void suspend_data_of_any_language_and_the_full_length_comes_back() {
        var launch = organization.launch(activityId);
        var played = open(context, launch.url());
        played.content()
                .evaluate(
                        """
                        () => {
                          window.onunload = () => {
                            set('cmi.suspend_data', '\\u6f22'.repeat(63998) + '\\ud83e\\udd5a'); set('cmi.core.exit', 'suspend'); finish();
                          };
                        }
                        """);
        // A page that is closed is given half a second, a busy machine may need more; one that is
        // loaded anew takes its time.
        played.page().reload();
        assertThat(played.course().locator("#bookmark")).containsText("You are at");
        assertThat(played.content().evaluate("get('cmi.suspend_data').length")).isEqualTo(64_000);
        assertThat(played.content().evaluate("get('cmi.suspend_data').slice(-2)"))
                .isEqualTo("\ud83e\udd5a");
        assertThat(organization.status(launch).get("attemptNumber").asInt()).isEqualTo(1);
    }

    @Test
    void a_second_window_takes_over_and_the_first_can_take_it_back() {
        var launch = organization.launch(activityId);
        var first = open(context, launch.url());
        open(context, organization.launch(activityId).url());
        first.content().evaluate("set('cmi.core.score.raw', '1'), commit()");
        var dialog = first.page().getByRole(AriaRole.DIALOG);
        assertThat(dialog).containsText("The course is open somewhere else");
        first.page()
                .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Continue here"))
                .click();
        assertThat(first.page().getByRole(AriaRole.DIALOG))
                .containsText("Part of an earlier visit was not saved");
        assertThat(organization.status(launch).get("scoreRaw").isNull()).isTrue();
    }

    @Test
    void a_link_opens_once_and_what_it_opened_can_be_withdrawn() {
        var launch = organization.launch(activityId);
        var played = open(context, launch.url());
        var other = browser.page();
        other.navigate(launch.url());
        assertThat(other.getByRole(AriaRole.HEADING))
                .hasText("This link does not open the course any more");
        organization.revoke(launch);
        played.content().evaluate("set('cmi.core.score.raw', '1'), commit()");
        assertThat(played.page().getByRole(AriaRole.DIALOG)).containsText("withdrawn");
    }

    @Test
    void after_its_end_the_participant_is_back_where_the_launch_said() {
        context.route(Organization.RETURN_ORIGIN + "/**", FixtureCourseTest::portal);
        var back = Organization.RETURN_ORIGIN + "/courses";
        var launch = organization.launch(activityId, ", 'returnUrl': '" + back + "'");
        var played = open(context, launch.url());
        played.content().evaluate("set('cmi.core.lesson_status', 'passed'), finish()");
        assertThat(played.page()).hasURL(back);
        organization.awaitStatus(launch, "passed");
    }

    @Test
    void a_finished_course_says_so_and_leads_back() {
        var launch = organization.launch(activityId);
        var played = open(context, launch.url());
        played.content().evaluate("set('cmi.core.lesson_status', 'completed'), finish()");
        assertThat(played.page().locator("#message")).containsText("You completed the course");
        played.page().reload();
        assertThat(played.page().getByRole(AriaRole.HEADING))
                .hasText("You have finished this course");
    }

    private static PlayedCourse open(BrowserContext context, String launchUrl) {
        var played = PlayedCourse.open(context.newPage(), launchUrl);
        assertThat(played.course().locator("#bookmark")).containsText("You are at");
        return played;
    }

    private static void portal(Route route) {
        route.fulfill(
                new Route.FulfillOptions().setContentType("text/html").setBody("<h1>Portal</h1>"));
    }
}
