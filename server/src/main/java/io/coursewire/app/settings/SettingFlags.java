package io.coursewire.app.settings;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// Gives a command one flag per setting, so that its `--help` lists all of them.
public final class SettingFlags implements IModelTransformer {
    @Override
    public CommandSpec transform(CommandSpec command) {
        Setting.all().forEach(setting -> command.addOption(option(setting)));
        return command;
    }

    /// The flags that were given. A list's may be repeated, and is joined with commas.
    static Map<Setting, String> given(ParseResult parsed) {
        var given = new EnumMap<Setting, String>(Setting.class);
        for (Setting setting : Setting.values()) {
            if (parsed.hasMatchedOption(setting.flag())) {
                var values = parsed.matchedOption(setting.flag()).stringValues();
                given.put(setting, String.join(",", values));
            }
        }
        return given;
    }

    private static OptionSpec option(Setting setting) {
        String how = setting.isSecret() ? "Not as a flag, but as " : "";
        return OptionSpec.builder(setting.flag())
                .type(setting.isList() ? List.class : String.class)
                .auxiliaryTypes(String.class)
                .arity("1")
                .paramLabel(label(setting))
                .description(
                        setting.description(),
                        "%s%s. Default: %s".formatted(how, setting.variable(), setting.fallback()))
                .build();
    }

    private static String label(Setting setting) {
        return setting.flag()
                .substring(setting.flag().lastIndexOf('-') + 1)
                .toUpperCase(Locale.ROOT);
    }
}
