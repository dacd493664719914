package io.coursewire.e2e;

import io.coursewire.app.remote.ApiClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// The product for tests: one process per JVM, and an organization of its own for each test.
public final class Product implements BeforeAllCallback {
    private static final AtomicInteger ORGANIZATIONS = new AtomicInteger();

    private RunningProduct running;

    @Override
    public void beforeAll(ExtensionContext context) {
        running =
                context.getRoot()
                        .getStore(ExtensionContext.Namespace.create(Product.class))
                        .computeIfAbsent(
                                RunningProduct.class,
                                _ -> RunningProduct.start(),
                                RunningProduct.class);
    }

    RunningProduct process() {
        return running;
    }

    /// A new organization, untouched by other tests, with one participant.
    Organization organization() {
        var api = new ApiClient(running.api(), RunningProduct.ADMIN_KEY);
        return Organization.create(api, "org-" + ORGANIZATIONS.incrementAndGet());
    }

    /// The published form of an AttemptStatus.
    String schema() throws IOException {
        try (var in = running.api().resolve("/schemas/attempt-status.json").toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
