package io.coursewire.app.settings;

import io.coursewire.storage.DatabaseAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// How a server is to run.
///
/// @param database embedded in the data folder when empty
/// @param allowTargets networks (CIDR) that webhooks may reach although they are not public
/// @param frameAncestors origins that may show the player in a frame
public record Settings(
        Endpoints endpoints,
        Path dataDir,
        Optional<DatabaseAddress> database,
        List<String> allowTargets,
        List<String> frameAncestors) {
    public Settings {
        allowTargets = List.copyOf(allowTargets);
        frameAncestors = List.copyOf(frameAncestors);
    }
}
