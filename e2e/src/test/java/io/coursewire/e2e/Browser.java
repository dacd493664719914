package io.coursewire.e2e;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A headless Chromium for tests: one process per JVM, a fresh profile per context, all contexts closed after each test.
///
/// The browser is the machine's own: CHROMIUM, else the first of the usual names. Without one, tests are skipped.
public final class Browser implements BeforeEachCallback, AfterEachCallback {
    private static final double SLOW_MACHINE_MILLIS = 20_000;

    private final List<BrowserContext> contexts = new ArrayList<>();
    private Chromium running;

    private static Chromium start() {
        var executable = Chromium.find();
        assumeTrue(
                executable.isPresent(), "No Chromium found: install it, or name it in CHROMIUM.");
        return Chromium.start(executable.get());
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        PlaywrightAssertions.setDefaultAssertionTimeout(SLOW_MACHINE_MILLIS);
        running =
                context.getRoot()
                        .getStore(ExtensionContext.Namespace.create(Browser.class))
                        .computeIfAbsent(Chromium.class, _ -> start(), Chromium.class);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        contexts.forEach(BrowserContext::close);
        contexts.clear();
    }

    /// A participant's browser, with storage of its own.
    public BrowserContext context() {
        return context(new com.microsoft.playwright.Browser.NewContextOptions());
    }

    public BrowserContext context(com.microsoft.playwright.Browser.NewContextOptions options) {
        var context = running.browser().newContext(options);
        context.setDefaultTimeout(SLOW_MACHINE_MILLIS);
        contexts.add(context);
        return context;
    }

    public Page page() {
        return context().newPage();
    }
}
