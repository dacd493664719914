package io.coursewire.e2e;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A headless Chromium for tests: one process per JVM, a fresh profile per context, all contexts closed after each test.
///
/// The browser is the machine's own: CHROMIUM, else the first of the usual names. Without one, tests are skipped.
public final class Browser implements BeforeEachCallback, AfterEachCallback {
    private static final List<String> PLACES =
            List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");
    private static final double SLOW_MACHINE_MILLIS = 20_000;

    private final List<BrowserContext> contexts = new ArrayList<>();
    private Running running;

    /// What lives as long as the JVM's tests.
    private record Running(Playwright playwright, com.microsoft.playwright.Browser browser)
            implements AutoCloseable {

        static Running start() {
            var executable = executable();
            assumeTrue(
                    executable.isPresent(),
                    "No Chromium found: install it, or name it in CHROMIUM.");
            var playwright =
                    Playwright.create(
                            new Playwright.CreateOptions()
                                    .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
            return new Running(
                    playwright,
                    playwright
                            .chromium()
                            .launch(
                                    new BrowserType.LaunchOptions()
                                            .setExecutablePath(executable.get())
                                            .setArgs(
                                                    List.of(
                                                            "--no-sandbox",
                                                            "--disable-background-networking"))));
        }

        private static Optional<Path> executable() {
            return Stream.concat(Stream.ofNullable(System.getenv("CHROMIUM")), PLACES.stream())
                    .map(Path::of)
                    .filter(Files::isExecutable)
                    .findFirst();
        }

        @Override
        public void close() {
            playwright.close();
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        PlaywrightAssertions.setDefaultAssertionTimeout(SLOW_MACHINE_MILLIS);
        running =
                context.getRoot()
                        .getStore(ExtensionContext.Namespace.create(Browser.class))
                        .computeIfAbsent(Running.class, _ -> Running.start(), Running.class);
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
