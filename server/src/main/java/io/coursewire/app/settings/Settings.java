package io.coursewire.app.settings;

import io.coursewire.storage.DatabaseAddress;
import io.coursewire.webhooks.KeepHistory.Retention;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// How a server is to run.
///
/// @param database embedded in the data folder when empty
/// @param allowTargets networks (CIDR) that webhooks may reach although they are not public
/// @param frameAncestors origins that may show the player in a frame
/// @param retention of events and their deliveries
public record Settings(
        Endpoints endpoints,
        Path dataDir,
        Optional<DatabaseAddress> database,
        List<String> allowTargets,
        List<String> frameAncestors,
        Retention retention) {
    /// All else as it is when nothing is set.
    public static Settings of(Endpoints endpoints, Path dataDir, List<String> allowTargets) {
        return new Settings(
                endpoints, dataDir, Optional.empty(), allowTargets, List.of(), Retention.DEFAULT);
    }

    public Settings {
        allowTargets = List.copyOf(allowTargets);
        frameAncestors = List.copyOf(frameAncestors);
    }
}
