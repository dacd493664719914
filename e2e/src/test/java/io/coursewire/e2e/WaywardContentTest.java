package io.coursewire.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Frame;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.Route;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Content that leads out of its frame, speaks after it was left, or clears what it shares with the player; and the reload in
/// the middle of it.
@Tag("slow")
class WaywardContentTest {
    private static final String INCOMPLETE =
            "at => { set('cmi.core.lesson_status', 'incomplete'); set('cmi.core.lesson_location', at); commit(); }";

    @RegisterExtension static final Product product = new Product();
    @RegisterExtension final Browser browser = new Browser();
    @TempDir Path folder;

    private Organization organization;
    private BrowserContext context;

    @BeforeEach
    void start() {
        organization = product.organization();
        context = browser.context();
    }

    @Test
    void a_link_to_write_a_letter_leaves_the_course_where_it_is() throws IOException {
        var played = open(several());
        played.isAt("Feed");
        var navigated = new ArrayList<Frame>();
        played.page().onFrameNavigated(navigated::add);
        played.content()
                .evaluate(
                        "() => new Promise(asked => { window.onbeforeunload = () => asked(); document.getElementById('letter').click(); })");
        played.content().evaluate(INCOMPLETE, "after the letter");
        assertThat(played.state()).hasText("Saved");
        assertThat(played.course().locator("#letter")).isVisible();
        assertThat(navigated).isEmpty();
    }

    @Test
    void an_item_on_another_server_opens() throws IOException {
        context.route(
                "http://hens.example/**",
                route -> fulfil(route, "<h1>Breeds of hens</h1>", Map.of()));
        var played = open(several());
        played.isAt("Feed");
        played.line("Breeds").click();
        assertThat(played.course().locator("h1")).hasText("Breeds of hens");
        played.line("Shelter").click();
        played.isAt("Shelter");
    }

    @Test
    void a_download_takes_nobody_away_and_content_goes_on_at_once_afterwards() throws IOException {
        context.route(
                "**/handout.docx",
                route -> fulfil(route, "", Map.of("Content-Disposition", "attachment")));
        var played = open(organization.bring(Packages.sequenced(folder)));
        played.isAt("Water");
        played.page()
                .waitForDownload(
                        () ->
                                played.content()
                                        .evaluate("() => { location.href = 'handout.docx'; }"));
        played.content()
                .evaluate(
                        "set('cmi.completion_status', 'completed'), set('cmi.success_status', 'passed'), set('adl.nav.request', 'continue'), finish()");
        played.isAt("Fire");
    }

    @Test
    void what_a_window_of_content_says_after_its_item_was_left_is_saved_and_moves_nothing()
            throws IOException {
        var activityId = organization.bring(Packages.sequenced(folder));
        var played = open(activityId);
        played.isAt("Water");
        var popup =
                played.page()
                        .waitForPopup(
                                () ->
                                        played.content()
                                                .evaluate("() => { window.open('about:blank'); }"));
        popup.evaluate("() => { window.api = opener.parent.API_1484_11; }");
        played.content()
                .evaluate(
                        "set('cmi.completion_status', 'completed'), set('cmi.success_status', 'passed'), commit()");
        assertThat(played.state()).hasText("Saved");
        var moves = new ArrayList<String>();
        played.page()
                .onRequest(
                        request -> {
                            if (request.url().endsWith("/navigation")) {
                                moves.add(request.postData());
                            }
                        });
        played.control("Next").click();
        played.isAt("Fire");
        assertThat(moves).hasSize(1);

        played.page()
                .waitForResponse(
                        WaywardContentTest::isFinish,
                        () ->
                                popup.evaluate(
                                        "api.SetValue('cmi.session_time', 'PT7M'), api.Terminate('')"));
        played.content().evaluate("set('cmi.location', 'page 3'), commit()");
        assertThat(played.state()).hasText("Saved");
        played.isAt("Fire");
        assertThat(moves).hasSize(1);
        assertThat(
                        organization
                                .awaitAttempt(activityId, "Water", 1, "passed")
                                .get("durationSeconds")
                                .asInt())
                .isEqualTo(7 * 60);
    }

    @Test
    void what_waits_in_the_browser_outlives_content_that_clears_its_storage() throws IOException {
        var activityId = several();
        var played = open(activityId);
        played.isAt("Feed");
        context.setOffline(true);
        played.content().evaluate(INCOMPLETE, "page 5");
        assertThat(played.state()).hasText("Not saved");
        played.content().evaluate("localStorage.clear()");
        played.page().waitForFunction("() => localStorage.length === 2");
        // As the machine does that loses its power: nobody says goodbye.
        played.page().close();
        context.setOffline(false);
        var again = open(activityId);
        assertThat(again.course().locator("#bookmark")).hasText("You are at: page 5");
    }

    @Test
    void a_reload_opens_the_item_again_that_was_open() throws IOException {
        var played = open(several());
        played.isAt("Feed");
        played.content().evaluate(INCOMPLETE, "page 1");
        played.line("Shelter").click();
        played.isAt("Shelter");
        played.content().evaluate(INCOMPLETE, "page 2");
        assertThat(played.state()).hasText("Saved");
        played.page().reload();
        played.isAt("Shelter");
        assertThat(played.course().locator("#bookmark")).hasText("You are at: page 2");
    }

    @Test
    void a_reload_after_an_item_is_through_goes_on_from_it() throws IOException {
        var played = open(several());
        played.isAt("Feed");
        played.content().evaluate("set('cmi.core.lesson_status', 'completed'), finish()");
        assertThat(played.page().locator("#stage")).containsText("This part is finished");
        assertThat(played.state()).hasText("Saved");
        played.page().reload();
        played.isAt("Shelter");
    }

    @Test
    void who_goes_on_after_an_exit_that_ended_an_item_gets_the_next() throws IOException {
        var played = open(several());
        played.isAt("Feed");
        played.content()
                .evaluate(
                        "set('cmi.core.lesson_status', 'completed'), addEventListener('pagehide', () => finish())");
        played.exit();
        played.page().getByText("Go on now").click();
        played.isAt("Shelter");
    }

    private static boolean isFinish(Response response) {
        var body = response.request().postData();
        return response.url().endsWith("/commits") && body.contains("\"finish\":true");
    }

    private static void fulfil(Route route, String body, Map<String, String> headers) {
        route.fulfill(
                new Route.FulfillOptions()
                        .setContentType("text/html")
                        .setHeaders(headers)
                        .setBody(body));
    }

    private String several() throws IOException {
        return organization.bring(
                Packages.pack(folder, "several", List.of("imsmanifest.xml", "sco.html")));
    }

    private PlayedCourse open(String activityId) {
        Page page = context.newPage();
        return PlayedCourse.open(page, organization.launch(activityId).url());
    }
}
