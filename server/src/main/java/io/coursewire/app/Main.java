package io.coursewire.app;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The product's commands, one class each.
@Command(
        name = "coursewire",
        mixinStandardHelpOptions = true,
        subcommands = {
            DemoCommand.class,
            ServeCommand.class,
            ListenCommand.class,
            ImportCommand.class,
            KeyCommand.class,
            ConformanceCommand.class
        })
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main()).setParameterExceptionHandler(new TellMistake());
    }
}
