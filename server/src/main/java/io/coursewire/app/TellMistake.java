package io.coursewire.app;

import io.coursewire.kernel.Nearest;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Says in a line or two what is wrong with a command's arguments, instead of its whole help.
final class TellMistake implements IParameterExceptionHandler {
    @Override
    public int handleParseException(ParameterException mistake, String[] arguments) {
        CommandLine command = mistake.getCommandLine();
        PrintWriter errors = command.getErr();
        errors.println(mistake.getMessage() + hint(mistake));
        errors.println("What there is: " + command.getCommandSpec().qualifiedName() + " --help");
        errors.flush();
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    private static String hint(ParameterException mistake) {
        if (!(mistake instanceof UnmatchedArgumentException unmatched)) {
            return "";
        }
        CommandLine command = mistake.getCommandLine();
        List<String> known =
                Stream.concat(
                                command.getCommandSpec().optionsMap().keySet().stream(),
                                command.getSubcommands().keySet().stream())
                        .toList();
        return Nearest.hint(unmatched.getUnmatched().getFirst(), known);
    }
}
