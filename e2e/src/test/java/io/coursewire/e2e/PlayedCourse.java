package io.coursewire.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Frame;
import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.options.AriaRole;
import java.util.NoSuchElementException;

/// A page in which a course is played, as a participant sees it.
record PlayedCourse(Page page) {
    /// Opens a launch link and waits until the course is there whole: a button that is pressed before may do nothing yet.
    static PlayedCourse open(Page page, String launchUrl) {
        page.navigate(launchUrl);
        var played = new PlayedCourse(page);
        assertThat(played.state()).hasText("Saved");
        assertThat(page.locator("#stage iframe")).isVisible();
        played.loaded();
        return played;
    }

    /// The outermost document of the course.
    FrameLocator course() {
        return page.frameLocator("#stage iframe");
    }

    /// Where a test speaks for content.
    Frame content() {
        return page.frames().stream()
                .filter(frame -> frame.url().contains("/content/"))
                .findFirst()
                .orElseThrow();
    }

    Locator state() {
        return page.locator("#state");
    }

    void exit() {
        control("Exit").click();
    }

    /// A control of the player: Previous, Next, Suspend, Exit or Contents.
    Locator control(String name) {
        return page.locator("header")
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions()
                                .setName(name)
                                .setExact(true)
                                .setIncludeHidden(true));
    }

    /// The line of the contents that names this item.
    Locator line(String title) {
        return page.getByRole(
                AriaRole.TREEITEM, new Page.GetByRoleOptions().setName(title).setExact(true));
    }

    /// Waits until this item is open and its content has begun.
    void isAt(String title) {
        assertThat(line(title)).hasAttribute("aria-current", "page");
        assertThat(course().locator("#bookmark")).containsText("You are at");
    }

    /// Waits until this item is open, and its document there whole, what its scripts do at its load included: one that
    /// is left earlier may never have begun.
    void arrivesAt(String title) {
        assertThat(line(title)).hasAttribute("aria-current", "page");
        loaded();
    }

    private void loaded() {
        page.waitForCondition(this::isNewAndWhole);
    }

    /// Of each document once.
    private boolean isNewAndWhole() {
        try {
            return Boolean.TRUE.equals(
                    content()
                            .evaluate(
                                    "document.readyState === 'complete' && !window.waitedFor && (window.waitedFor = true)"));
        } catch (PlaywrightException | NoSuchElementException e) {
            // One document is going, the next not there yet.
            return false;
        }
    }

    /// Goes elsewhere, as a link of the page would. The browser hears the pages out that go: those of a window that is
    /// closed have half a second for it, which a busy machine may need for itself.
    void leave() {
        leave(page);
    }

    static void leave(Page page) {
        page.evaluate("() => { location.href = '/elsewhere'; }");
        page.waitForURL("**/elsewhere");
    }

    /// Closes the window as its button does, so that the pages in it hear of it where they get the time; returns when
    /// it is gone.
    void close() {
        page.waitForClose(() -> page.close(new Page.CloseOptions().setRunBeforeUnload(true)));
    }
}
