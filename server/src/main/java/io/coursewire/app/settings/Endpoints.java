package io.coursewire.app.settings;

import java.util.Optional;

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
