package io.coursewire.app.settings;

import io.coursewire.kernel.SecretKey;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

/// All that a node is told at its start.
///
/// @param adminKey the operator's own; one is made when it is empty and there is none yet
/// @param secretKey from the environment; the data folder's when it is empty
public record Configuration(
        Settings settings, Optional<String> adminKey, Optional<SecretKey> secretKey) {
    /// From a command's flags, the environment and the file `coursewire.properties` in the folder. Throws InvalidInput
    /// that names all that is wrong, each with where it was set.
    public static Configuration read(
            ParseResult flags, Map<String, String> environment, Path folder) {
        return ReadSettings.from(
                GatherSettings.from(SettingFlags.given(flags), environment, folder));
    }

    /// Without the secrets.
    @Override
    public String toString() {
        return settings.toString();
    }
}
