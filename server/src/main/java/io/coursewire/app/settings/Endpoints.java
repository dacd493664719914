package io.coursewire.app.settings;

import java.util.Optional;
import java.util.Set;

/// Where a server listens, and how others reach it.
///
/// @param port of the API, 0 for any free one
/// @param contentPort of player and course content, 0 for any free one
/// @param metricsPort open to all that reach it; without one, metrics need an admin key
/// @param contentUrl may hold `{client}`: one origin per client
public record Endpoints(
        String host,
        int port,
        int contentPort,
        Optional<Integer> metricsPort,
        Optional<String> publicUrl,
        Optional<String> contentUrl) {
    private static final Set<String> OF_THIS_MACHINE = Set.of("127.0.0.1", "localhost", "::1");

    /// What is allowed, and most likely not meant.
    Optional<String> doubt() {
        return contentUrl.isPresent() || OF_THIS_MACHINE.contains(host)
                ? Optional.empty()
                : Optional.of(
                        "others can reach this server, but its launch links lead to 127.0.0.1, which is their own machine: set public-url and content-url");
    }

    /// For this machine only, 0 for any free port.
    public static Endpoints local(int port, int contentPort) {
        return new Endpoints(
                Setting.HOST.fallback(),
                port,
                contentPort,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
