package io.coursewire.e2e.conformance;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Frame;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.WaitForSelectorState;
import io.coursewire.kernel.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// The player in a learner's browser: what it delivers, shows and lets its content do.
final class PlayerWindow implements AutoCloseable {
    private static final double PATIENCE_MILLIS = 60_000;
    private static final Pattern DELIVERY = Pattern.compile("/play/[^/]+/(sessions|navigation)$");
    private static final Locator.WaitForOptions ATTACHED =
            new Locator.WaitForOptions().setState(WaitForSelectorState.ATTACHED);
    private static final Locator.WaitForOptions HIDDEN =
            new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN);
    private static final String RUN = resource("run.js");

    private final BrowserContext context;
    private final Page page;

    PlayerWindow(Browser browser) {
        context = browser.newContext();
        context.setDefaultTimeout(PATIENCE_MILLIS);
        page = context.newPage();
    }

    /// What the server decides next, once this was done.
    JsonNode decisionAfter(Runnable action) {
        var response = page.waitForResponse(PlayerWindow::isDelivery, action);
        return Json.MAPPER.readTree(response.text());
    }

    private static boolean isDelivery(Response response) {
        return response.request().method().equals("POST")
                && DELIVERY.matcher(response.url()).find();
    }

    void open(String launchUrl) {
        page.navigate(launchUrl);
    }

    /// The content that was delivered, once its page has loaded.
    Frame content() {
        var frame = page.waitForSelector("#stage iframe").contentFrame();
        frame.waitForURL(url -> url.contains("/content/"));
        frame.waitForLoadState();
        return frame;
    }

    /// What each command returned and the error code after it.
    @SuppressWarnings("unchecked")
    static List<List<String>> run(Frame content, List<Map<String, Object>> commands) {
        return (List<List<String>>) content.evaluate(RUN, commands);
    }

    /// These are run when the page goes away.
    static void runOnUnload(Frame content, List<Map<String, Object>> commands) {
        content.evaluate(
                "(commands) => { const run = "
                        + RUN.substring(RUN.indexOf("(commands)"))
                        + "; window.addEventListener('unload', () => run(commands)); }",
                commands);
    }

    boolean isEnabled(String control) {
        return control(control).isVisible() && control(control).isEnabled();
    }

    void press(String control) {
        control(control).click();
    }

    private Locator control(String id) {
        return page.locator("#" + id);
    }

    boolean lists(String identifier) {
        return line(identifier).count() > 0;
    }

    boolean offers(String identifier) {
        return lists(identifier)
                && (boolean) line(identifier).evaluate("line => line.onclick !== null");
    }

    /// Whether the contents have anything to choose, apart from the course as a whole.
    boolean offersAnyBut(String root) {
        return (boolean)
                page.locator("#tree")
                        .evaluate(
                                "(tree, root) => [...tree.children].some(line => line.onclick !== null && line.dataset.identifier !== root)",
                                root);
    }

    void choose(String identifier) {
        // Until the line is there, the contents may open by themselves.
        line(identifier).waitFor(ATTACHED);
        if (!page.locator("#contents").isVisible()) {
            page.locator("#contents-toggle").click();
        }
        line(identifier).click();
    }

    private Locator line(String identifier) {
        return page.locator(
                "#tree li[data-identifier=" + Json.MAPPER.writeValueAsString(identifier) + "]");
    }

    /// Whether the course is still around its stage, as opposed to the page after its end.
    boolean isPlaying() {
        // What the server decided is shown once the page has taken it in.
        page.locator("#message[aria-busy=true]").waitFor(HIDDEN);
        return page.locator("#player").isVisible();
    }

    @Override
    public void close() {
        context.close();
    }

    private static String resource(String name) {
        try (var in = PlayerWindow.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
