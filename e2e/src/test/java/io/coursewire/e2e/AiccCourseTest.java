package io.coursewire.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// An AICC course in a real browser: one unit speaks HTTP as old courses do, the other looks for the API.
@Tag("slow")
class AiccCourseTest {
    @RegisterExtension static final Product product = new Product();
    @RegisterExtension final Browser browser = new Browser();
    @TempDir Path folder;

    private Organization organization;
    private String activityId;

    @BeforeEach
    void bring() throws IOException {
        organization = product.organization();
        activityId =
                organization.bring(
                        Packages.pack(
                                folder,
                                "aicc",
                                List.of(
                                        "knots.crs",
                                        "knots.au",
                                        "knots.des",
                                        "knots.cst",
                                        "hacp.html",
                                        "api.html")));
    }

    @Test
    void a_unit_that_speaks_http_reports_its_answers_and_its_last_words_in_unload() {
        var launch = launch("A1");
        var played = PlayedCourse.open(browser.page(), launch.url());
        assertThat(played.course().locator("#found")).containsText("error=0");
        assertThat(played.course().locator("#found")).containsText("Student_Name=Leyhane, Sean");
        assertThat(played.course().locator("#found")).containsText("rope=hemp");
        assertThat((String) played.content().evaluate("answer('Q1', 'a', 'b')"))
                .startsWith("error=0");
        played.content()
                .evaluate(
                        "core = 'Lesson_Location=9\\r\\nLesson_Status=c\\r\\nScore=90,100,0\\r\\nTime=00:03:00'");
        played.exit();
        assertThat(heading(played, "Knots")).isVisible();
        assertThat(played.page().getByText("Everything is saved")).isVisible();
        var status = status(launch, "passed");
        assertThat(status.get("scoreRaw").decimalValue()).isEqualByComparingTo("90");
        assertThat(status.get("durationSeconds").decimalValue()).isEqualByComparingTo("180");
        assertThat(status.get("interactions").get(0).get("learnerResponse").asString())
                .isEqualTo("a");
        assertThat(status.get("interactions").get(0).get("result").asString())
                .isEqualTo("incorrect");
    }

    @Test
    void leaving_the_page_loses_nothing_and_the_next_opening_finds_it() {
        var launch = launch("A1");
        var played = PlayedCourse.open(browser.page(), launch.url());
        assertThat(played.course().locator("#found")).containsText("error=0");
        played.content()
                .evaluate("core = 'Lesson_Location=4\\r\\nLesson_Status=i,s\\r\\nTime=00:01:00'");
        played.leave();
        status(launch, "suspended");
        var again = PlayedCourse.open(browser.page(), launch("A1").url());
        var found = again.course().locator("#found");
        assertThat(found).containsText("Lesson_Location=4");
        assertThat(found).containsText("Lesson_Status=incomplete, resume");
        assertThat(found).containsText("unload=1 + 1");
        assertThat(found).containsText("Time=00:01:00");
    }

    @Test
    void a_unit_that_says_its_last_words_by_fetch_is_heard() {
        var launch = launch("A1");
        var played = PlayedCourse.open(browser.page(), launch.url());
        assertThat(played.course().locator("#found")).containsText("error=0");
        played.content()
                .evaluate(
                        """
                        () => {
                          const say = (command, data) => fetch(parameters.get('AICC_URL'), { method: 'POST', body: new URLSearchParams({
                            command, version: '4.0', session_id: parameters.get('AICC_SID'), aicc_data: data }) });
                          window.onunload = null;
                          window.onpagehide = () => { say('PutParam', '[Core]\\r\\nLesson_Status=passed\\r\\nScore=85'); say('ExitAU', ''); };
                        }
                        """);
        played.page().reload();
        var status = status(launch, "passed");
        assertThat(status.get("scoreRaw").decimalValue()).isEqualByComparingTo("85");
    }

    @Test
    void the_player_sees_that_content_has_ended() {
        var launch = launch("A1");
        var played = PlayedCourse.open(browser.page(), launch.url());
        assertThat(played.course().locator("#found")).containsText("error=0");
        played.content()
                .evaluate(
                        "hacp('PutParam', '[Core]\\r\\nLesson_Status=passed\\r\\nScore=95'); hacp('ExitAU')");
        assertThat(played.page().getByText("You passed.")).isVisible();
        status(launch, "passed");
    }

    @Test
    void a_unit_that_looks_for_the_api_finds_it() {
        var launch = launch("A2");
        var played = PlayedCourse.open(browser.page(), launch.url());
        assertThat(played.course().locator("#found")).hasText("not attempted");
        played.content()
                .evaluate(
                        """
                        () => {
                          const set = (name, value) => API.LMSSetValue(name, value);
                          set('cmi.core.lesson_status', 'P'); set('cmi.core.score.raw', '70'); set('cmi.core.session_time', '00:01:30');
                          set('cmi.interactions.0.id', 'Q1'); set('cmi.interactions.0.type', 'T'); set('cmi.interactions.0.date', '2026/03/01');
                          set('cmi.interactions.0.time', '10:00:00'); set('cmi.interactions.0.student_response', 't'); set('cmi.interactions.0.result', 'C');
                          API.LMSFinish('');
                        }
                        """);
        var status = status(launch, "passed");
        assertThat(status.get("scoreRaw").decimalValue()).isEqualByComparingTo("70");
        var answer = status.get("interactions").get(0);
        assertThat(answer.get("questionType").asString()).isEqualTo("true-false");
        assertThat(answer.get("result").asString()).isEqualTo("correct");
        assertThat(answer.get("timestamp").asString()).startsWith("2026-03-01T");
    }

    private Organization.Launch launch(String unit) {
        return organization.launch(activityId, ", 'item': {'externalId': '" + unit + "'}");
    }

    private JsonNode status(Organization.Launch launch, String word) {
        organization.awaitStatus(launch, word);
        return organization.status(launch);
    }

    private static com.microsoft.playwright.Locator heading(PlayedCourse played, String text) {
        return played.page().getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(text));
    }
}
