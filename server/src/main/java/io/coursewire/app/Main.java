package io.coursewire.app;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The product's commands, one class each.
@Command(
        name = "coursewire",
        mixinStandardHelpOptions = true,
        footer = "To work on Coursewire itself: build, test [--fast|--long], bench [--short].",
        subcommands = {
            DemoCommand.class,
            ServeCommand.class,
            ListenCommand.class,
            ImportCommand.class,
            OfflineCommand.class,
            KeyCommand.class,
            ConformanceCommand.class
        })
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        if (List.of(arguments).contains("demo")) {
            // Before the first logger is made: the demo's viewer reads its story, not the log.
            System.setProperty("coursewire.logLevel", "WARN");
        }
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        var main = new CommandLine(new Main()).setParameterExceptionHandler(new TellMistake());
        tellVersion(main);
        return main;
    }

    private static void tellVersion(CommandLine command) {
        command.getCommandSpec().versionProvider(new Version());
        command.getSubcommands().values().forEach(Main::tellVersion);
    }
}
