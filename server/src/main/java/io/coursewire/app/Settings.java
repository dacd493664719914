package io.coursewire.app;

import io.coursewire.storage.DatabaseAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// How a server is to run. What is empty has its default.
///
/// @param port of API and console, 0 for any free one
/// @param contentPort of player and course content, 0 for any free one
/// @param contentUrl may hold `{client}`: one origin per client
/// @param database embedded in the data folder when empty
/// @param allowTargets networks (CIDR) that webhooks may reach although they are not public
/// @param frameAncestors origins that may show the player in a frame
public record Settings(
        String host,
        int port,
        int contentPort,
        Optional<String> publicUrl,
        Optional<String> contentUrl,
        Path dataDir,
        Optional<DatabaseAddress> database,
        List<String> allowTargets,
        List<String> frameAncestors) {
    public Settings {
        allowTargets = List.copyOf(allowTargets);
        frameAncestors = List.copyOf(frameAncestors);
    }
}
