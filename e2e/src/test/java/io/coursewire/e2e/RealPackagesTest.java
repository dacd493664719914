package io.coursewire.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Route;
import io.coursewire.e2e.Organization.Launch;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Courses made by others: each comes in, opens in a real browser, and is left with its attempt stored. Those that can be gone
/// through to their ends are, in the tests of their kind: [GolfCourseTest], [SequencedGolfTest].
@Tag("slow")
class RealPackagesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

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
    @ValueSource(
            strings = {
                "scorm12/moodle_RuntimeMinimumCalls_SCORM12.zip",
                "scorm12/parser_scorm12.zip",
                "scorm2004/bridge_RuntimeBasicCalls_SCORM20043rdEdition.zip",
                "scorm2004/golf_ContentPackagingSingleSCO_SCORM20042ndEdition.zip",
                "scorm2004/golf_RunTimeAdvancedCalls_SCORM20043rdEdition.zip",
                "scorm2004/golf_SequencingForcedSequential_SCORM20043rdEdition.zip",
                "scorm2004/golf_SequencingPostTestRollup4thEd_SCORM20044thEdition.zip",
            })
    void a_course_opens_and_its_attempt_is_there_when_it_is_left(String name) throws IOException {
        var activity = organization.bring(Packages.real(name));
        var played = open(organization.launch(activity));
        played.close();
        Await.until(PATIENCE, () -> isLeft(activity));
    }

    @ParameterizedTest
    @ValueSource(strings = {"module1", "module2", "module3", "module4"})
    void each_item_of_a_static_course_opens_by_its_own_link(String item) throws IOException {
        var zip = Packages.real("scorm12/parser_PrerequisitesTest_SCORM12.zip");
        openAndLeave(organization.bring(zip), item);
    }

    @ParameterizedTest
    @ValueSource(strings = {"A1", "A2", "A3"})
    void each_unit_of_a_static_course_opens_by_its_own_link(String unit) throws IOException {
        openAndLeave(organization.bring(Packages.real("aicc/parser_complex.zip")), unit);
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
    }

    private void openAndLeave(String activity, String item) {
        var played =
                open(organization.launch(activity, ", 'item': {'externalId': '" + item + "'}"));
        played.exit();
        assertThat(played.page().locator("#message")).containsText("Everything is saved");
        assertThat(isLeft(activity)).isTrue();
    }

    private PlayedCourse open(Launch launch) {
        var played = PlayedCourse.open(context.newPage(), launch.url());
        assertThat(played.course().locator("html")).not().isEmpty();
        return played;
    }

    private boolean isLeft(String activity) {
        var statuses =
                organization.attempts(activity).stream()
                        .map(attempt -> attempt.get("status").asString())
                        .toList();
        return !statuses.isEmpty()
                && List.of("notStarted", "active").stream().noneMatch(statuses::contains);
    }
}
