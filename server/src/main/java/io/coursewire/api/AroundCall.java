package io.coursewire.api;

import io.helidon.http.ServerRequestHeaders;
import java.util.function.Supplier;

/// Goes with every call from its first to its last moment.
@FunctionalInterface
public interface AroundCall {
    /// Returns what the call answers.
    Answer around(Route route, ServerRequestHeaders headers, Supplier<Answer> call);
}
