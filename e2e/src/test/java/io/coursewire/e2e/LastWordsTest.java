package io.coursewire.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.WaitUntilState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What content says as it goes is heard, in whichever way it goes.
@Tag("slow")
class LastWordsTest {
    private static final String SAME_SITE = "127.0.0.1";
    private static final String ANOTHER_SITE = "localhost";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int SCENES_MOST = 6;

    private static final String SAY_GOODBYE =
            "() => { window.onunload = () => { set('cmi.core.exit', 'suspend'); finish(); }; }";

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
    void what_content_says_in_its_unload_arrives_when_the_page_is_left() {
        var played = launch();
        bookmarkAndSayGoodbye(played);
        played.leave();
        await(() -> runtime.finishes("s1") == 1);
        assertBookmarkAndGoodbye("s1");
    }

    @Test
    void what_content_says_in_its_unload_arrives_when_the_window_is_closed() {
        var session =
                playUntilHeard(
                        context -> {
                            var played = PlayedCourse.open(context.newPage(), runtime.launchUrl());
                            bookmarkAndSayGoodbye(played);
                            played.close();
                        },
                        each -> runtime.finishes(each) == 1);
        assertBookmarkAndGoodbye(session);
    }

    private static void bookmarkAndSayGoodbye(PlayedCourse played) {
        played.content()
                .evaluate(
                        """
                        () => {
                          set('cmi.core.lesson_location', 'page 2');
                          window.onunload = () => { set('cmi.core.exit', 'suspend'); set('cmi.core.session_time', '00:00:42'); finish(); };
                        }
                        """);
    }

    private void assertBookmarkAndGoodbye(String session) {
        assertThat(runtime.elements(session))
                .isEqualTo(
                        Map.of(
                                "cmi.core.lesson_location", "page 2",
                                "cmi.core.exit", "suspend",
                                "cmi.core.session_time", "00:00:42"));
    }

    @Test
    void a_page_that_is_left_tells_that_content_went_without_finishing() {
        var played = launch();
        played.content().evaluate("set('cmi.core.lesson_location', 'page 2')");
        played.leave();
        await(() -> runtime.leaves("s1") > 0);
        assertThat(runtime.elements("s1")).containsEntry("cmi.core.lesson_location", "page 2");
    }

    @Test
    void in_a_frame_of_a_portal_that_goes_elsewhere_content_still_says_its_last_words() {
        portalGoesElsewhere(context, SAME_SITE);
        await(() -> runtime.finishes("s1") == 1);
        assertThat(runtime.elements("s1")).isEqualTo(Map.of("cmi.core.exit", "suspend"));
    }

    @Test
    void in_a_frame_of_another_site_that_goes_elsewhere_too() {
        var session =
                playUntilHeard(
                        each -> portalGoesElsewhere(each, ANOTHER_SITE),
                        each -> runtime.finishes(each) == 1);
        assertThat(runtime.elements(session)).isEqualTo(Map.of("cmi.core.exit", "suspend"));
    }

    private void portalGoesElsewhere(BrowserContext participant, String host) {
        var portal = openPortal(participant, host);
        portal.content().evaluate(SAY_GOODBYE);
        portal.leave();
    }

    @Test
    void a_portal_that_takes_its_frame_away_leaves_a_session_that_was_left() {
        portalTakesItsFrameAway(context, SAME_SITE);
        await(() -> runtime.leaves("s1") > 0);
        assertThat(runtime.elements("s1")).containsEntry("cmi.core.lesson_location", "page 2");
    }

    @Test
    void a_portal_of_another_site_that_takes_its_frame_away_does_too() {
        var session =
                playUntilHeard(
                        each -> portalTakesItsFrameAway(each, ANOTHER_SITE),
                        each -> runtime.leaves(each) > 0);
        assertThat(runtime.elements(session)).containsEntry("cmi.core.lesson_location", "page 2");
    }

    private void portalTakesItsFrameAway(BrowserContext participant, String host) {
        var portal = openPortal(participant, host);
        portal.content().evaluate("set('cmi.core.lesson_location', 'page 2')");
        portal.page().evaluate("document.querySelector('iframe').remove()");
    }

    private PlayedCourse openPortal(BrowserContext participant, String host) {
        var page = participant.newPage();
        page.navigate(runtime.portalUrl(host));
        assertThat(page.frameLocator("iframe").frameLocator("iframe").locator("#bookmark"))
                .containsText("You are at");
        return new PlayedCourse(page);
    }

    @Test
    void content_that_finishes_in_beforeunload_and_unload_finishes_once() {
        var played = launch();
        played.content()
                .evaluate(
                        """
                        () => {
                          window.onbeforeunload = () => { set('cmi.core.session_time', '00:00:10'); finish(); };
                          window.onunload = () => { set('cmi.core.session_time', '00:00:10'); finish(); };
                        }
                        """);
        played.leave();
        await(() -> runtime.finishes("s1") == 1);
        assertThat(runtime.elements("s1")).isEqualTo(Map.of("cmi.core.session_time", "00:00:10"));
    }

    @Test
    void a_reload_opens_a_new_session_that_knows_what_the_old_one_said_last() {
        var played = launch();
        played.content()
                .evaluate(
                        "() => { window.onunload = () => { set('cmi.core.lesson_location', 'page 9'); commit(); }; }");
        played.page().reload();
        assertThat(played.course().locator("#bookmark")).hasText("You are at: page 9");
        assertThat(runtime.sessions()).containsExactly("s1", "s2");
    }

    @Test
    void what_a_beacon_cannot_hold_is_sent_at_the_next_opening() {
        var played = launch();
        played.content()
                .evaluate(
                        """
                        () => {
                          window.onunload = () => {
                            set('cmi.suspend_data', 'ü'.repeat(60000)); set('cmi.core.lesson_status', 'passed'); finish();
                          };
                        }
                        """);
        played.leave();
        await(() -> runtime.elements("s1").containsKey("cmi.core.lesson_status"));
        assertThat(runtime.elements("s1")).doesNotContainKey("cmi.suspend_data");
        launch();
        assertThat(runtime.elements("s1").get("cmi.suspend_data")).hasSize(60_000);
        assertThat(runtime.finishes("s1")).isEqualTo(1);
        assertThat(runtime.requests())
                .filteredOn(sent -> sent.contentType().startsWith("text/plain"))
                .isNotEmpty()
                .allMatch(sent -> sent.bytes() <= 64 * 1024);
    }

    @Test
    void exit_lets_content_say_goodbye_and_ends_on_a_plain_page() {
        var played = launch();
        played.content().evaluate(SAY_GOODBYE);
        played.exit();
        assertThat(played.page().getByRole(AriaRole.HEADING)).hasText("How to boil an egg");
        assertSaved(played);
        assertThat(runtime.elements("s1")).isEqualTo(Map.of("cmi.core.exit", "suspend"));
        assertThat(runtime.finishes("s1")).isEqualTo(1);
    }

    @Test
    void exit_from_content_that_never_finishes_tells_that_it_left() {
        var played = launch();
        played.exit();
        assertSaved(played);
        assertThat(runtime.leaves("s1")).isEqualTo(1);
    }

    @Test
    void exit_from_content_that_takes_long_to_go_ends_the_course_too() {
        var played = launch();
        played.content()
                .evaluate(
                        """
                        () => {
                          window.onbeforeunload = () => { for (const end = Date.now() + 3500; Date.now() < end; ); };
                        }
                        """);
        played.exit();
        assertSaved(played);
        assertThat(runtime.leaves("s1")).isEqualTo(1);
    }

    @Test
    void exit_from_content_that_still_loads_ends_the_course_too() {
        var played = open(LastWordsTest::neverWhole);
        assertThat(played.course().locator("h1")).isVisible();
        played.exit();
        assertSaved(played);
        assertThat(runtime.leaves("s1")).isEqualTo(1);
    }

    private static void neverWhole(Route route) {
        if (route.request().url().endsWith("index.html")) {
            route.fulfill(
                    new Route.FulfillOptions()
                            .setContentType("text/html")
                            .setBody(
                                    "<h1>How to boil an egg</h1><iframe src='held.html'></iframe>"));
        }
    }

    @Test
    void exit_from_content_that_never_comes_ends_the_course_too() {
        var asked = new ArrayList<Route>();
        var played = open(asked::add);
        played.page().waitForCondition(() -> !asked.isEmpty());
        played.exit();
        assertSaved(played);
        assertThat(runtime.leaves("s1")).isEqualTo(1);
    }

    /// A course whose content is answered as the test says.
    private PlayedCourse open(Consumer<Route> content) {
        context.route("**/content/*", content);
        var page = context.newPage();
        page.navigate(
                runtime.launchUrl(),
                new Page.NavigateOptions().setWaitUntil(WaitUntilState.COMMIT));
        return new PlayedCourse(page);
    }

    @Test
    void a_participant_who_is_asked_and_stays_can_exit_later() {
        var played = launch();
        var page = played.page();
        var answers = new ArrayList<>(List.of("leave", "stay"));
        page.onDialog(
                dialog -> {
                    if (answers.removeLast().equals("stay")) {
                        dialog.dismiss();
                    } else {
                        dialog.accept();
                    }
                });
        // A browser asks only where people have touched the page.
        played.course().getByRole(AriaRole.HEADING).click();
        played.content().evaluate("() => { window.onbeforeunload = e => e.preventDefault(); }");
        played.exit();
        page.waitForCondition(() -> answers.size() == 1);
        played.content().evaluate("set('cmi.core.lesson_location', 'page 3'), commit()");
        await(() -> runtime.elements("s1").containsValue("page 3"));
        assertThat(page.locator("#message")).isHidden();
        played.exit();
        assertSaved(played);
        assertThat(answers).isEmpty();
        assertThat(runtime.leaves("s1")).isEqualTo(1);
    }

    private static void assertSaved(PlayedCourse played) {
        assertThat(played.page().locator("#message")).containsText("Everything is saved");
    }

    private PlayedCourse launch() {
        return PlayedCourse.open(context.newPage(), runtime.launchUrl());
    }

    /// Plays a scene, each time in a browser of its own, until its last words are heard; returns the session that said them.
    ///
    /// Chromium gives a window that is closed, and a frame of another site than its page, half a second for their handlers. Where the
    /// machine is busy with other things, they are gone without having run at all. That says nothing of the player, so the scene
    /// gets another chance; a player that does not say the words is not heard in any of them.
    private String playUntilHeard(Consumer<BrowserContext> scene, Predicate<String> heard) {
        for (int i = 0; i < SCENES_MOST; i++) {
            scene.accept(browser.context());
            var session = runtime.sessions().getLast();
            if (Await.within(PATIENCE, () -> heard.test(session))) {
                return session;
            }
        }
        throw new AssertionError("Not heard in any of " + SCENES_MOST + " scenes");
    }

    private static void await(Callable<Boolean> condition) {
        Await.until(PATIENCE, condition);
    }
}
