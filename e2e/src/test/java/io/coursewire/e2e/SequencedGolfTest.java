package io.coursewire.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Route;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Real SCORM 2004 courses of all three editions, played to their ends.
@Tag("slow")
class SequencedGolfTest {
    private static final List<String> LESSONS =
            List.of("Playing the Game", "Etiquette", "Handicapping", "Having Fun");
    private static final List<Integer> PAGES = List.of(5, 3, 4, 2);

    /// The course takes jQuery from the internet, for the window of its notes alone.
    private static final String JQUERY =
            """
            window.$ = (selector) => {
              const at = document.querySelector(selector);
              return { dialog: () => {}, val: (text) => (text === undefined ? at.value : (at.value = text)) };
            };
            """;

    @RegisterExtension static final Product product = new Product();
    @RegisterExtension final Browser browser = new Browser();

    private Organization organization;
    private BrowserContext context;

    @BeforeEach
    void prepare() {
        organization = product.organization();
        context = browser.context();
        context.onPage(page -> page.onDialog(Dialog::accept));
        context.route(
                "https://ajax.googleapis.com/**",
                route ->
                        route.fulfill(
                                new Route.FulfillOptions()
                                        .setContentType("text/javascript")
                                        .setBody(JQUERY)));
    }

    @ParameterizedTest
    @CsvSource({
        "bridge_RuntimeBasicCalls_SCORM20043rdEdition.zip,16,0",
        "golf_RunTimeAdvancedCalls_SCORM20043rdEdition.zip,15,15"
    })
    void a_course_of_one_sco_is_told_with_its_score_and_answers(String name, int pages, int answers)
            throws IOException {
        try (var subscriber = new Subscriber()) {
            organization.tell(subscriber);
            var launch = organization.launch(bring(name));
            var played = PlayedCourse.open(context.newPage(), launch.url());
            GolfCourse.turnTo(played, pages);
            int score = GolfCourse.takeQuiz(played);
            GolfCourse.click(played.course(), "Exit");
            assertThat(played.page().locator("#message")).containsText("Everything is saved");
            var completed = subscriber.await("attempt.completed");
            assertThat(completed.body()).isEqualTo(organization.attempt(launch));
            var status = completed.json();
            assertThat(status.get("status").asString()).isEqualTo("passed");
            assertScore(status, score);
            assertThat(status.get("durationSeconds").asDouble()).isPositive();
            assertThat(status.get("completedDateTime").isNull()).isFalse();
            assertThat(status.get("interactions")).hasSize(answers);
            if (answers > 0) {
                assertAnswers(status.get("interactions"));
            }
        }
    }

    private static void assertScore(JsonNode status, int score) {
        // All right but one of fifteen or so.
        assertThat(score).isBetween(90, 99);
        assertThat(status.get("scoreRaw").asInt()).isEqualTo(score);
        assertThat(status.get("scoreMinimum").asInt()).isZero();
        assertThat(status.get("scoreMaximum").asInt()).isEqualTo(100);
        assertThat(status.get("scoreScaled").asDouble()).isEqualTo(score / 100.0);
    }

    private static void assertAnswers(JsonNode answers) {
        var first = answers.get(0);
        assertThat(first.get("id").asString()).endsWith("playing_1");
        assertThat(first.get("questionType").asString()).isEqualTo("choice");
        assertThat(first.get("description").asString()).startsWith("The rules of golf");
        assertThat(first.get("learnerResponse").asString()).isEqualTo("0");
        assertThat(first.get("correctResponse").asString()).isEqualTo("1");
        assertThat(answers.findValuesAsString("questionType"))
                .containsOnly("choice", "numeric", "true-false");
        assertThat(answers.findValuesAsString("result"))
                .startsWith("incorrect", "correct")
                .containsOnlyOnce("incorrect");
    }

    @Test
    void a_course_in_forced_order_opens_each_lesson_after_the_one_before() throws IOException {
        try (var subscriber = new Subscriber()) {
            organization.tell(subscriber);
            var activity = bring("golf_SequencingForcedSequential_SCORM20043rdEdition.zip");
            var played = PlayedCourse.open(context.newPage(), organization.launch(activity).url());
            int score = throughLessonsAndTest(played, "Quiz");
            played.exit();
            assertThat(played.page().locator("#message")).containsText("Everything is saved");
            assertScore(organization.awaitAttempt(activity, "Quiz", 1, "passed"), score);
            for (var lesson : LESSONS) {
                var status = organization.awaitAttempt(activity, lesson, 1, "passed");
                assertThat(status.get("scoreRaw").isNull()).isTrue();
                assertThat(status.get("completedDateTime").isNull()).isFalse();
                assertThat(status.get("durationSeconds").isNull()).isFalse();
            }
            assertThat(organization.attempts(activity)).hasSize(LESSONS.size() + 1);
            var told = subscriber.await("activity.completed").json();
            assertThat(told.get("status").asString()).isEqualTo("passed");
        }
    }

    @Test
    void content_jumps_to_the_test_and_its_notes_are_there_in_every_sco() throws IOException {
        try (var subscriber = new Subscriber()) {
            organization.tell(subscriber);
            jumpToTheTest(subscriber);
        }
    }

    private void jumpToTheTest(Subscriber subscriber) throws IOException {
        var activity = bring("golf_SequencingPostTestRollup4thEd_SCORM20044thEdition.zip");
        var played = PlayedCourse.open(context.newPage(), organization.launch(activity).url());
        assertThat(played.line("Playing the Game")).hasAttribute("aria-current", "page");
        GolfCourse.click(played.course(), "Notes");
        played.course().locator("#txtNotes").fill("Keep your head down.");
        played.course().locator("#butSaveNotes").click();
        GolfCourse.click(played.course(), "Skip to the Test");
        played.arrivesAt("Quiz");
        GolfCourse.click(played.course(), "Notes");
        assertThat(played.course().locator("#txtNotes")).hasValue("Keep your head down.");
        int score = GolfCourse.takeQuiz(played);
        played.exit();
        assertThat(played.page().locator("#message")).containsText("Everything is saved");
        assertScore(organization.awaitAttempt(activity, "Quiz", 1, "passed"), score);
        // The test alone decides about the course.
        var told = subscriber.await("activity.completed").json();
        assertThat(told.get("status").asString()).isEqualTo("passed");
        assertThat(told.get("scoreScaled").asDouble()).isEqualTo(score / 100.0);
        assertThat(organization.attempts(activity)).hasSize(2);
    }

    private int throughLessonsAndTest(PlayedCourse played, String test) {
        assertThat(played.line(LESSONS.getFirst())).hasAttribute("aria-current", "page");
        for (int i = 0; i < LESSONS.size(); i++) {
            var next = i + 1 < LESSONS.size() ? LESSONS.get(i + 1) : test;
            assertThat(played.line(next)).hasAttribute("aria-disabled", "true");
            GolfCourse.turnTo(played, PAGES.get(i));
            assertThat(played.line(next)).not().hasAttribute("aria-disabled", "true");
            played.control("Next").click();
            played.arrivesAt(next);
        }
        return GolfCourse.takeQuiz(played);
    }

    private String bring(String name) throws IOException {
        return organization.bring(Packages.real("scorm2004/" + name));
    }
}
