package io.coursewire.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// The network breaks when the server has done what was asked, and before the browser hears of it: it asks again, and gets the same.
@Tag("slow")
class LostAnswerTest {
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
    void a_link_opens_the_course_all_the_same() {
        loseAnswer("/launch/");
        var page = context.newPage();
        page.navigate(organization.launch(activityId).url());
        tryAgain(page);
        new PlayedCourse(page).isAt("Water");
    }

    @Test
    void a_reload_of_the_link_opens_the_course_all_the_same() {
        loseAnswer("/launch/");
        var page = context.newPage();
        page.navigate(organization.launch(activityId).url());
        assertThat(page.getByRole(AriaRole.HEADING)).hasText("No connection");
        page.reload();
        new PlayedCourse(page).isAt("Water");
    }

    @Test
    void next_leads_to_the_next_item_and_not_past_it() {
        var played = PlayedCourse.open(context.newPage(), organization.launch(activityId).url());
        played.isAt("Water");
        played.content()
                .evaluate(
                        "set('cmi.completion_status', 'completed'), set('cmi.success_status', 'passed'), commit()");
        assertThat(played.line("Fire")).not().hasAttribute("aria-disabled", "true");
        loseAnswer("/navigation");
        played.control("Next").click();
        tryAgain(played.page());
        played.isAt("Fire");
        assertThat(organization.attempts(activityId))
                .extracting(a -> a.get("item").get("title").asString())
                .containsExactlyInAnyOrder("Water", "Fire");
    }

    @Test
    void suspended_the_course_stays_so() {
        var played = PlayedCourse.open(context.newPage(), organization.launch(activityId).url());
        played.isAt("Water");
        loseAnswer("/navigation");
        played.control("Suspend").click();
        tryAgain(played.page());
        assertThat(played.page().locator("#message")).containsText("go on later where you left");
        organization.awaitAttempt(activityId, "Water", 1, "suspended");
    }

    private static void tryAgain(Page page) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Try again")).click();
    }

    /// The answer to the next POST of this kind never arrives.
    private void loseAnswer(String kind) {
        var lost = new AtomicBoolean();
        context.route(
                url -> url.contains(kind),
                route -> {
                    if (route.request().method().equals("POST") && !lost.getAndSet(true)) {
                        lose(route);
                    } else {
                        route.resume();
                    }
                });
    }

    private static void lose(Route route) {
        route.fetch();
        route.abort("connectionreset");
    }
}
