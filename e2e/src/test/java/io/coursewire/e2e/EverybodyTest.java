package io.coursewire.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ForcedColors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// The player for everybody: by keys alone, read aloud, on a phone, in the dark, on the whole screen.
@Tag("slow")
class EverybodyTest {
    /// The narrowest that WCAG 2.2 asks for (1.4.10).
    private static final int PHONE_WIDTH = 320;

    @RegisterExtension static final Product product = new Product();
    @RegisterExtension final Browser browser = new Browser();
    @TempDir Path folder;

    private Organization organization;
    private String activityId;

    @BeforeEach
    void bring() throws IOException {
        organization = product.organization();
        activityId = organization.bring(Packages.sequenced(folder));
    }

    @Test
    void by_keys_alone_people_walk_through_the_contents_and_open_an_item() {
        var played = open(new NewContextOptions());
        var page = played.page();
        passWater(played);
        var rows = page.locator("#tree li");
        assertThat(page.locator("#tree li[tabindex='0']")).hasCount(1);
        played.line("Water").focus();
        page.keyboard().press("End");
        assertThat(rows.last()).isFocused();
        page.keyboard().press("Home");
        assertThat(rows.first()).isFocused();
        played.line("Water").focus();
        page.keyboard().press("ArrowDown");
        assertThat(played.line("Fire")).isFocused();
        page.keyboard().press("Enter");
        played.isAt("Fire");
    }

    @Test
    void a_screen_reader_hears_what_everything_is_and_how_far_it_is() {
        var played = open(new NewContextOptions());
        assertThat(played.line("Fire")).hasAccessibleDescription("Not open now");
        passWater(played);
        var contents = new Page.GetByRoleOptions().setName("Contents").setExact(true);
        assertThat(played.page().getByRole(AriaRole.TREE, contents)).isVisible();
        assertThat(played.page().getByRole(AriaRole.NAVIGATION, contents)).isVisible();
        assertThat(played.line("Water")).hasAccessibleDescription("Passed");
        assertThat(played.line("Water")).hasAttribute("aria-level", "3");
        assertThat(played.page().locator("#stage iframe")).hasAccessibleName("Water");
        assertThat(played.page().getByRole(AriaRole.PROGRESSBAR)).hasAccessibleName("1 of 4 done");
        for (var name : List.of("Previous", "Next", "Suspend", "Exit")) {
            assertThat(played.control(name)).hasAccessibleName(name);
        }
    }

    @Test
    void on_a_phone_the_course_has_the_width_and_the_contents_lie_over_it_when_asked_for() {
        var phone = new NewContextOptions().setViewportSize(PHONE_WIDTH, 640).setHasTouch(true);
        var played = open(phone);
        passWater(played);
        var page = played.page();
        assertThat(played.line("Water")).isHidden();
        assertThat(page.locator("#stage iframe").boundingBox().width).isEqualTo(PHONE_WIDTH);
        assertThat((int) page.evaluate("document.documentElement.scrollWidth"))
                .isLessThanOrEqualTo(PHONE_WIDTH);
        for (var name : List.of("Contents", "Previous", "Next", "Suspend", "Exit")) {
            var box = played.control(name).boundingBox();
            assertThat(box.x).as(name).isNotNegative();
            assertThat(box.x + box.width).as(name).isLessThanOrEqualTo(PHONE_WIDTH);
        }
        played.control("Contents").tap();
        assertThat(played.line("Fire")).isVisible();
        played.line("Fire").press("Escape");
        assertThat(played.line("Fire")).isHidden();
        assertThat(played.control("Contents")).isFocused();
        played.control("Contents").tap();
        played.line("Fire").tap();
        assertThat(played.line("Fire")).isHidden();
        assertThat(page.locator("#stage iframe")).hasAccessibleName("Fire");
        assertThat(played.course().locator("#bookmark")).containsText("You are at");
    }

    @Test
    void the_controls_are_within_reach_at_every_width() {
        var played = open(new NewContextOptions());
        passWater(played);
        for (int width = PHONE_WIDTH; width <= 1024; width += 64) {
            played.page().setViewportSize(width, 640);
            for (var name :
                    List.of("Contents", "Full screen", "Previous", "Next", "Suspend", "Exit")) {
                var box = played.control(name).boundingBox();
                assertThat(box.x + box.width).as(name + " at " + width).isLessThanOrEqualTo(width);
            }
            assertThat(played.page().locator("#title").boundingBox().width).isPositive();
            assertThat(played.page().locator("header").boundingBox().height)
                    .as("two rows at " + width)
                    .isLessThan(100);
        }
    }

    @Test
    void where_content_is_gone_the_focus_is_on_what_came_instead() {
        var played = open(new NewContextOptions());
        passWater(played);
        var page = played.page();
        assertThat(page.locator("#stage iframe")).isFocused();
        played.content().evaluate("finish()");
        assertThat(page.locator("#stage h1")).isFocused();
        played.control("Suspend").press("Enter");
        assertThat(page.locator("#message h1")).isFocused();
        page.keyboard().press("Tab");
        assertThat(
                        page.getByRole(
                                AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Go on now")))
                .isFocused();
    }

    @Test
    void what_marks_the_items_stays_where_people_choose_all_colours_themselves() {
        var played = open(new NewContextOptions().setForcedColors(ForcedColors.ACTIVE));
        for (var mark :
                List.of(
                        "getComputedStyle(document.querySelector('#state'), '::before')",
                        "getComputedStyle(document.querySelector('[data-closed]'), '::after')")) {
            assertThat(played.page().evaluate(mark + ".backgroundColor"))
                    .as(mark)
                    .isEqualTo(played.page().evaluate("getComputedStyle(document.body).color"));
        }
    }

    @Test
    void the_player_is_light_or_dark_as_people_have_it() {
        assertThat(ground(ColorScheme.LIGHT)).isGreaterThan(200);
        assertThat(ground(ColorScheme.DARK)).isLessThan(60);
    }

    /// How light the page is, 0 to 255.
    private int ground(ColorScheme scheme) {
        var page = open(new NewContextOptions().setColorScheme(scheme)).page();
        return (int)
                page.evaluate("+getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0]");
    }

    @Test
    void the_course_takes_the_whole_screen_and_gives_it_back() {
        var page = open(new NewContextOptions()).page();
        var button = page.getByLabel("Full screen");
        button.click();
        assertThat(button).hasAttribute("aria-pressed", "true");
        assertThat(page.evaluate("document.fullscreenElement !== null")).isEqualTo(true);
        button.click();
        assertThat(button).hasAttribute("aria-pressed", "false");
        assertThat(page.evaluate("document.fullscreenElement")).isNull();
    }

    @Test
    void on_the_whole_screen_the_end_is_seen_too() {
        var played = open(new NewContextOptions());
        var page = played.page();
        page.getByLabel("Full screen").click();
        assertThat(page.getByLabel("Full screen")).hasAttribute("aria-pressed", "true");
        played.exit();
        assertThat(page.locator("#message")).containsText("Everything is saved");
        assertThat(
                        page.evaluate(
                                "document.elementFromPoint(innerWidth / 2, innerHeight / 2).closest('#message') !== null"))
                .isEqualTo(true);
    }

    @Test
    void titles_begin_on_the_side_of_their_language() {
        var played = open(new NewContextOptions());
        for (var place : List.of(played.page().locator("#title"), played.line("Fire"))) {
            assertThat(
                            place.evaluate(
                                    "e => { e.textContent = '\u05de\u05d1\u05d5\u05d0'; return getComputedStyle(e).direction; }"))
                    .isEqualTo("rtl");
        }
    }

    private static void passWater(PlayedCourse played) {
        assertThat(played.course().locator("#bookmark")).containsText("You are at");
        played.content()
                .evaluate(
                        "set('cmi.completion_status', 'completed'), set('cmi.success_status', 'passed'), commit()");
        assertThat(played.page().locator("#tree li[aria-label='Fire']"))
                .not()
                .hasAttribute("aria-disabled", "true");
    }

    private PlayedCourse open(NewContextOptions options) {
        var page = browser.context(options).newPage();
        return PlayedCourse.open(page, organization.launch(activityId).url());
    }
}
