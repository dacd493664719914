package io.coursewire.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Dialog;
import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.coursewire.e2e.Organization.Launch;
import io.coursewire.e2e.Subscriber.Told;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/// A real SCORM 1.2 course of fifteen pages and a quiz, from its package to the subscriber's server.
@Tag("slow")
class GolfCourseTest {
    private static final int PAGES = 15;

    @RegisterExtension static final Product product = new Product();
    @RegisterExtension final Browser browser = new Browser();

    private Organization organization;
    private Subscriber subscriber;
    private String activityId;

    @BeforeEach
    void bring() throws Exception {
        var zip = Packages.real("scorm12/RuntimeBasicCalls_SCORM12.zip");
        organization = product.organization();
        subscriber = new Subscriber();
        organization.tell(subscriber);
        activityId = organization.bring(zip);
    }

    @AfterEach
    void close() {
        if (subscriber != null) {
            subscriber.close();
        }
    }

    @Test
    void played_to_its_end_with_its_quiz_it_is_told_signed_valid_and_as_the_api_says()
            throws IOException {
        var launch = organization.launch(activityId);
        var played = PlayedCourse.open(context().newPage(), launch.url());
        GolfCourse.turnTo(played, PAGES);
        int score = GolfCourse.takeQuiz(played);
        GolfCourse.click(played.course(), "Exit");
        assertThat(played.page().locator("#message")).containsText("Everything is saved");

        var completed = subscriber.await("attempt.completed");
        assertTold(completed, launch);
        var status = completed.json();
        assertThat(status.get("status").asString()).isEqualTo(score >= 70 ? "passed" : "failed");
        assertThat(status.get("scoreRaw").asInt()).isEqualTo(score);
        assertThat(status.get("scoreScaled").asDouble()).isEqualTo(score / 100.0);
        assertThat(status.get("durationSeconds").asDouble()).isPositive();
        assertThat(status.get("completedDateTime").isNull()).isFalse();
        assertThat(status.get("activity").get("title").asString())
                .isEqualTo("Golf Explained - Run-time Basic Calls");
        subscriber.await("activity.completed");
        assertThat(subscriber.told())
                .extracting(Told::event)
                .startsWith("attempt.started")
                .endsWith("attempt.completed", "activity.completed");
    }

    @Test
    void left_midway_with_the_browser_closed_it_goes_on_at_its_bookmark_and_its_time_adds_up()
            throws IOException {
        var first = context();
        var launch = organization.launch(activityId);
        var played = PlayedCourse.open(first.newPage(), launch.url());
        GolfCourse.turnTo(played, 5);
        played.leave();
        organization.awaitStatus(launch, "suspended");
        double before = organization.status(launch).get("durationSeconds").asDouble();
        first.close();

        var again = organization.launch(activityId);
        assertThat(again.attemptId()).isEqualTo(launch.attemptId());
        var resumed = PlayedCourse.open(context().newPage(), again.url());
        assertThat(resumed.course().locator("#contentFrame"))
                .hasAttribute("src", "../Playing/RulesOfGolf.html");
        GolfCourse.turnTo(resumed, PAGES - 4);
        int score = GolfCourse.takeQuiz(resumed);
        GolfCourse.click(resumed.course(), "Exit");
        assertThat(resumed.page().locator("#message")).containsText("Everything is saved");

        var completed = subscriber.await("attempt.completed");
        assertTold(completed, launch);
        assertThat(completed.json().get("scoreRaw").asInt()).isEqualTo(score);
        assertThat(completed.json().get("attemptNumber").asInt()).isEqualTo(1);
        assertThat(completed.json().get("durationSeconds").asDouble())
                .isGreaterThanOrEqualTo(before);
    }

    /// A participant's browser who says yes to everything, as to "Would you like to resume?".
    private BrowserContext context() {
        var context = browser.context();
        context.onPage(page -> page.onDialog(Dialog::accept));
        return context;
    }

    private void assertTold(Told told, Launch launch) throws IOException {
        assertThat(told.body()).isEqualTo(organization.attempt(launch));
        assertThat(problems(told.json())).isEmpty();
        assertThat(subscriber.unverified()).isEmpty();
    }

    private static List<Error> problems(JsonNode status) throws IOException {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(product.schema())
                .validate(status);
    }
}
