package io.coursewire.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Route;
import io.coursewire.e2e.Organization.Launch;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Courses made by others, each played to its end in a real browser, with what is stored of it looked at: here those of pages and
/// those of AICC; the golf courses with a quiz are in [GolfCourseTest] and [SequencedGolfTest].
@Tag("slow")
class RealPackagesTest {
    /// As much of the library as one course, which loads it from the internet, needs.
    private static final String STAND_IN =
            """
            function $(what) {
              const all = typeof what === "string" && !what.startsWith("<") ? [...document.querySelectorAll(what)] : [what];
              const set = (change) => { all.forEach(change); return jq; };
              const jq = {
                ready: (run) => { addEventListener("DOMContentLoaded", run); return jq; },
                unload: (run) => { addEventListener("unload", run); return jq; },
                append: (text) => set((each) => each.insertAdjacentHTML("beforeend", text)),
                html: (text) => set((each) => (each.innerHTML = text)),
                attr: (name, value) => set((each) => each.setAttribute(name, value)),
                show: () => jq, hide: () => jq, css: () => jq, scrollTop: () => jq,
                0: all[0], length: all.length,
              };
              return jq;
            }
            $.trim = (text) => String(text).trim();
            var jQuery = $;
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
    }

    @ParameterizedTest
    @CsvSource({
        "scorm12/moodle_RuntimeMinimumCalls_SCORM12.zip,18", // SCOs that say that they begin and
        // end
        "scorm12/parser_scorm12.zip,18", // assets
    })
    void a_course_of_pages_is_gone_through_and_each_page_and_the_whole_are_completed(
            String name, int pages) throws IOException {
        try (var subscriber = new Subscriber()) {
            organization.tell(subscriber);
            var activity = organization.bring(Packages.real(name));
            var titles = organization.titles(activity);
            assertThat(titles).hasSize(pages);
            var played = open(organization.launch(activity));
            goThrough(played, titles);
            played.exit();
            assertThat(played.page().locator("#message")).containsText("Everything is saved");
            assertThat(organization.attempts(activity))
                    .hasSize(pages)
                    .allSatisfy(RealPackagesTest::isCompletedAtOnce);
            var told = subscriber.await("activity.completed").json();
            assertThat(told.get("status").asString()).isEqualTo("completed");
            assertThat(told.get("scoreScaled").isNull()).isTrue();
        }
    }

    private static void goThrough(PlayedCourse played, List<String> titles) {
        assertThat(played.line(titles.getFirst())).hasAttribute("aria-current", "page");
        for (var title : titles.subList(1, titles.size())) {
            assertThat(played.course().locator("h1")).not().isEmpty();
            played.control("Next").click();
            played.arrivesAt(title);
        }
        assertThat(played.course().locator("h1")).not().isEmpty();
        assertThat(played.control("Next")).isDisabled();
    }

    private static void isCompletedAtOnce(JsonNode attempt) {
        assertThat(attempt.get("status").asString()).isEqualTo("completed");
        assertThat(attempt.get("attemptNumber").asInt()).isEqualTo(1);
        assertThat(attempt.get("startedDateTime").isNull()).isFalse();
        assertThat(attempt.get("completedDateTime").isNull()).isFalse();
        assertThat(attempt.get("durationSeconds").isNull()).isFalse();
        assertThat(attempt.get("scoreRaw").isNull()).isTrue();
        assertThat(attempt.get("interactions")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "scorm12/parser_PrerequisitesTest_SCORM12.zip,module1 module2 module3 module4",
        "aicc/parser_complex.zip,A1 A2 A3",
        "scorm2004/golf_ContentPackagingSingleSCO_SCORM20042ndEdition.zip,item_1",
    })
    void each_item_of_a_static_course_is_opened_and_left_and_decides_nothing(
            String name, String items) throws IOException {
        var activity = organization.bring(Packages.real(name));
        for (var item : items.split(" ")) {
            var launch =
                    organization.launch(activity, ", 'item': {'externalId': '%s'}".formatted(item));
            var played = open(launch);
            played.exit();
            assertThat(played.page().locator("#message")).containsText("Everything is saved");
            var status = organization.status(launch);
            assertThat(status.get("item").get("externalId").asString()).isEqualTo(item);
            assertThat(status.get("status").asString()).isEqualTo("inProgress");
            assertThat(status.get("durationSeconds").isNull()).isFalse();
            assertThat(status.get("completedDateTime").isNull()).isTrue();
        }
        assertThat(organization.attempts(activity)).hasSize(items.split(" ").length);
    }

    @Test
    void an_aicc_course_of_another_maker_is_played_to_its_end() throws IOException {
        context.route(
                "https://ajax.googleapis.com/**",
                route ->
                        route.fulfill(
                                new Route.FulfillOptions()
                                        .setContentType("text/javascript")
                                        .setBody(STAND_IN)));
        var activity = organization.bring(Packages.real("aicc/parser_aicc.zip"));
        var launch = organization.launch(activity);
        var played = open(launch);
        var log = played.course().locator("#apiLog");
        assertThat(log).containsText("Student_Name=Leyhane, Sean");
        played.course().locator("input[value*='bookmark']").click();
        played.course().locator("input[value='Set LMS to Passed']").click();
        organization.awaitStatus(launch, "passed");
        played.exit();
        assertThat(played.page().locator("#message")).containsText("You passed.");
        var status = organization.status(launch);
        assertThat(status.get("completedDateTime").isNull()).isFalse();
        assertThat(status.get("item").get("externalId").asString()).isEqualTo("A1");
        assertThat(status.get("scoreRaw").isNull()).isTrue();
        assertThat(status.get("durationSeconds").isNull()).isFalse();
    }

    private PlayedCourse open(Launch launch) {
        var played = PlayedCourse.open(context.newPage(), launch.url());
        assertThat(played.course().locator("html")).not().isEmpty();
        return played;
    }
}
