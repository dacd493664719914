package io.coursewire.app.settings;

import io.coursewire.kernel.SecretKey;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.ParseResult;

/// All that a node is told at its start.
///
/// @param adminKey the operator's own; one is made when it is empty and there is none yet
/// @param secretKey from the environment; the data folder's when it is empty
public record Configuration(
        Settings settings, Optional<String> adminKey, Optional<SecretKey> secretKey) {
    private static final Logger LOG = LoggerFactory.getLogger(Configuration.class);

    /// From a command's flags, the environment and the file `coursewire.properties` in the folder. Throws InvalidInput
    /// that names all that is wrong, each with where it was set.
    public static Configuration read(
            ParseResult flags, Map<String, String> environment, Path folder) {
        var given = GatherSettings.from(SettingFlags.given(flags), environment, folder);
        var configuration = ReadSettings.from(given);
        LOG.info("settings: {}", GatherSettings.told(given, folder));
        configuration.settings().endpoints().doubt().ifPresent(LOG::warn);
        return configuration;
    }

    /// Without the secrets.
    @Override
    public String toString() {
        return settings.toString();
    }
}
