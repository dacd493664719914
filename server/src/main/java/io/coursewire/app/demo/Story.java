package io.coursewire.app.demo;

import io.coursewire.app.terminal.PrettyJson;
import java.io.PrintWriter;

/// What the demo tells its viewer, line by line, in colour where the terminal has any.
public final class Story {
    private static final String GREEN = "\u001b[32m";
    private static final String RED = "\u001b[31m";
    private static final String BOLD = "\u001b[1m";
    private static final String DIM = "\u001b[2m";
    private static final String PLAIN = "\u001b[0m";

    private final PrintWriter out;
    private final boolean coloured;

    public Story(PrintWriter out, boolean coloured) {
        this.out = out;
        this.coloured = coloured;
    }

    public void chapter(String title) {
        print("%n%s%n".formatted(ink(BOLD, title)));
    }

    public void done(String what, String detail) {
        print("  %s %s %s%n".formatted(ink(GREEN, "✓"), pad(what, 20), ink(DIM, detail)));
    }

    public void link(String what, String address) {
        print("  %s %s %s%n".formatted(ink(BOLD, "→"), pad(what, 20), address));
    }

    public void failed(String what, String detail) {
        print("  %s %s %s%n".formatted(ink(RED, "✗"), pad(what, 20), detail));
    }

    public void said(String line) {
        print("    %s%n".formatted(line));
    }

    public void answered(Answered answered) {
        var colour = answered.result().equals("wrong") ? RED : GREEN;
        print(
                "    %s %s %s %s%n"
                        .formatted(
                                ink(DIM, pad(String.valueOf(answered.number() + 1), 2)),
                                pad(answered.question().type(), 12),
                                pad(answered.response(), 12),
                                ink(colour, answered.result())));
    }

    /// JSON as it is, token by token, on indented lines: numbers keep their digits.
    public void json(String json) {
        print(coloured ? PrettyJson.coloured(json) : PrettyJson.plain(json));
        print("%n".formatted());
    }

    private void print(String text) {
        out.print(text);
        out.flush();
    }

    private String ink(String colour, String text) {
        return coloured ? colour + text + PLAIN : text;
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
