package io.coursewire.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Frame;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.coursewire.e2e.FakeRuntime.Trouble;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The player in a real browser, before a server that fails in every way that networks have.
@Tag("slow")
class PlayerTest {
    @RegisterExtension final Browser browser = new Browser();

    private FakeRuntime runtime;
    private BrowserContext context;

    @BeforeEach
    void start() {
        runtime = new FakeRuntime();
        context = browser.context();
    }

    @AfterEach
    void stop() {
        runtime.close();
    }

    @Test
    void a_launch_link_leads_to_the_course_and_the_course_finds_its_api() {
        var page = launch();
        assertThat(page).hasURL(java.util.regex.Pattern.compile(".*/play/token$"));
        assertThat(content(page).evaluate("begun")).isEqualTo("true");
        assertThat(state(page)).hasText("Saved");
    }

    @Test
    void what_content_commits_is_saved_and_the_state_line_says_so() {
        var page = launch();
        content(page).evaluate("set('cmi.core.lesson_location', 'page 3'), commit()");
        assertThat(state(page)).hasText("Saved");
        assertThat(runtime.elements("s1")).isEqualTo(Map.of("cmi.core.lesson_location", "page 3"));
    }

    @Test
    void without_a_connection_the_state_is_not_saved_until_it_is_back() {
        var page = launch();
        context.setOffline(true);
        content(page).evaluate("set('cmi.core.score.raw', '80'), commit()");
        assertThat(state(page)).hasText("Not saved");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("No connection");
        context.setOffline(false);
        assertThat(state(page)).hasText("Saved");
        assertThat(page.getByRole(AriaRole.ALERT)).hasCount(0);
        assertThat(runtime.elements("s1")).containsEntry("cmi.core.score.raw", "80");
    }

    @Test
    void a_hotel_that_answers_for_us_is_not_believed() {
        var page = launch();
        runtime.trouble(Trouble.CAPTIVE_PORTAL);
        content(page).evaluate("set('cmi.core.score.raw', '80'), commit()");
        assertThat(state(page)).hasText("Not saved");
        runtime.trouble(Trouble.NONE);
        assertThat(state(page)).hasText("Saved");
    }

    @Test
    void what_was_done_without_a_connection_is_sent_after_the_window_was_closed_and_opened_again() {
        var page = launch();
        context.setOffline(true);
        content(page).evaluate("set('cmi.core.lesson_location', 'page 5'), commit()");
        assertThat(state(page)).hasText("Not saved");
        page.close();
        context.setOffline(false);
        var again = launch();
        assertThat(again.frameLocator("iframe").locator("#bookmark")).hasText("You are at: page 5");
        assertThat(runtime.elements("s1")).containsEntry("cmi.core.lesson_location", "page 5");
    }

    @Test
    void a_browser_that_stores_nothing_says_so_and_asks_before_the_page_is_left() {
        context.addInitScript(
                "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('denied', 'SecurityError'); } })");
        var page = launch();
        context.setOffline(true);
        page.frameLocator("iframe").getByRole(AriaRole.HEADING).click();
        content(page).evaluate("set('cmi.core.score.raw', '80'), commit()");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("lost if you close it");
        var asked = new java.util.ArrayList<String>();
        page.onDialog(
                dialog -> {
                    asked.add(dialog.type());
                    dialog.dismiss();
                });
        page.evaluate("() => { location.href = '/elsewhere'; }");
        page.waitForCondition(() -> asked.contains("beforeunload"));
        context.setOffline(false);
        assertThat(state(page)).hasText("Saved");
        assertThat(runtime.elements("s1")).containsEntry("cmi.core.score.raw", "80");
    }

    @Test
    void a_second_window_takes_over_and_the_first_says_so_and_can_take_it_back() {
        var first = launch();
        launch();
        content(first).evaluate("set('cmi.core.score.raw', '1'), commit()");
        var dialog =
                first.getByRole(
                        AriaRole.DIALOG,
                        new Page.GetByRoleOptions().setName("The course is open somewhere else"));
        assertThat(dialog).isVisible();
        assertThat(first.locator("#state")).hasText("Not saved");
        assertThat(runtime.elements("s1")).isEmpty();
        first.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Continue here"))
                .click();
        await(() -> runtime.sessions().size() == 3);
        assertThat(first.getByRole(AriaRole.DIALOG))
                .containsText("Part of an earlier visit was not saved");
    }

    @Test
    void content_that_finishes_by_itself_ends_the_course_and_leads_back() {
        runtime.returnTo(runtime.launchUrl() + "?back");
        var page = launch();
        runtime.returnTo("");
        content(page).evaluate("set('cmi.core.lesson_status', 'passed'), finish()");
        await(() -> runtime.finishes("s1") == 1 && runtime.sessions().size() == 2);
        assertThat(runtime.elements("s1")).containsEntry("cmi.core.lesson_status", "passed");
    }

    @Test
    void a_course_that_finishes_in_each_page_goes_on_in_the_next_and_its_times_add_up() {
        var page = launch();
        content(page)
                .evaluate(
                        "() => { window.onunload = () => { set('cmi.core.session_time', '00:01:00'); finish(); }; }");
        page.frameLocator("iframe").locator("#next").click();
        assertThat(page.frameLocator("iframe").getByRole(AriaRole.HEADING))
                .hasText("How to peel it");
        assertThat(page.frameLocator("iframe").locator("#bookmark")).containsText("You are at");
        assertThat(content(page).evaluate("begun")).isEqualTo("true");
        content(page)
                .evaluate(
                        "set('cmi.core.session_time', '00:00:30'), set('cmi.core.lesson_status', 'completed'), finish()");
        await(() -> runtime.finishes("s1") == 1);
        assertThat(runtime.elements("s1"))
                .isEqualTo(
                        Map.of(
                                "cmi.core.session_time",
                                "0000:01:30.00",
                                "cmi.core.lesson_status",
                                "completed"));
    }

    @Test
    void a_last_page_after_the_finish_stays_until_exit() {
        var page = launch();
        content(page).evaluate("() => { window.onunload = () => finish(); }");
        page.frameLocator("iframe").locator("#last").click();
        assertThat(page.frameLocator("iframe").getByRole(AriaRole.HEADING))
                .hasText("Enjoy your meal");
        await(() -> runtime.finishes("s1") == 1);
        assertThat(page.frameLocator("iframe").getByRole(AriaRole.HEADING)).isVisible();
        exit(page);
        assertThat(page.locator("#message")).containsText("Everything is saved");
    }

    @Test
    void a_laptop_that_slept_goes_on_where_it_was() {
        var page = context.newPage();
        page.clock().install();
        page.navigate(runtime.launchUrl());
        assertThat(page.frameLocator("iframe").locator("#bookmark")).containsText("You are at");
        content(page).evaluate("set('cmi.core.lesson_location', 'page 4')");
        page.clock().fastForward("08:00:00");
        assertThat(state(page)).hasText("Saved");
        await(() -> runtime.elements("s1").containsKey("cmi.core.lesson_location"));
        content(page).evaluate("set('cmi.core.lesson_location', 'page 5'), commit()");
        await(() -> runtime.elements("s1").containsValue("page 5"));
    }

    @Test
    void a_server_in_trouble_is_tried_again_until_it_answers() {
        var page = launch();
        runtime.trouble(Trouble.SERVER_ERROR);
        content(page).evaluate("set('cmi.core.score.raw', '80'), commit()");
        assertThat(state(page)).hasText("Not saved");
        runtime.trouble(Trouble.NONE);
        assertThat(state(page)).hasText("Saved");
        assertThat(runtime.commits("s1")).hasSize(1);
    }

    @Test
    void a_session_that_was_ended_elsewhere_says_so_and_keeps_what_it_has() {
        var page = launch();
        runtime.trouble(Trouble.FINISHED);
        content(page).evaluate("set('cmi.core.score.raw', '80'), commit()");
        assertThat(page.getByRole(AriaRole.DIALOG))
                .containsText("What you do here is not saved any more");
        assertThat(page.evaluate("Object.keys(localStorage).length")).isEqualTo(2);
    }

    private static void exit(Page page) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Exit")).click();
    }

    private Page launch() {
        var page = context.newPage();
        page.navigate(runtime.launchUrl());
        assertThat(page.frameLocator("iframe").locator("#bookmark")).containsText("You are at");
        return page;
    }

    private static Frame content(Page page) {
        return page.frames().stream()
                .filter(frame -> frame.url().contains("/content/"))
                .findFirst()
                .orElseThrow();
    }

    private static com.microsoft.playwright.Locator state(Page page) {
        return page.getByRole(AriaRole.STATUS);
    }

    private static void await(Callable<Boolean> condition) {
        Await.until(Duration.ofSeconds(20), condition);
    }
}
