package io.coursewire.bench;

import io.coursewire.bench.run.BenchCommand;
import picocli.CommandLine;

/// Measures the product. No production code.
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new BenchCommand()).execute(arguments));
    }
}
