package io.coursewire.app.terminal;

/// Indents JSON without touching its tokens: `0.9000` stays `0.9000`. The text must be valid JSON.
public final class PrettyJson {
    private static final String KEY = "\u001b[36m";
    private static final String STRING = "\u001b[32m";
    private static final String PLAIN = "\u001b[0m";

    private final String json;
    private final boolean coloured;
    private final StringBuilder out = new StringBuilder();
    private int depth = 1;
    private int at;

    private PrettyJson(String json, boolean coloured) {
        this.json = json;
        this.coloured = coloured;
    }

    public static String plain(String json) {
        return new PrettyJson(json, false).indent();
    }

    public static String coloured(String json) {
        return new PrettyJson(json, true).indent();
    }

    private String indent() {
        newLine();
        while (at < json.length()) {
            char c = json.charAt(at);
            switch (c) {
                case '"' -> string();
                case '{', '[' -> open(c);
                case '}', ']' -> close(c);
                case ',' -> separate();
                case ':' -> add(": ");
                case ' ', '\t', '\r', '\n' -> at++;
                default -> add(String.valueOf(c));
            }
        }
        return out.toString();
    }

    private void string() {
        int end = at + 1;
        while (json.charAt(end) != '"') {
            end += json.charAt(end) == '\\' ? 2 : 1;
        }
        end++;
        var text = json.substring(at, end);
        boolean key = end < json.length() && json.charAt(end) == ':';
        out.append(coloured ? (key ? KEY : STRING) + text + PLAIN : text);
        at = end;
    }

    private void open(char c) {
        add(String.valueOf(c));
        if (json.charAt(at) == '}' || json.charAt(at) == ']') {
            add(String.valueOf(json.charAt(at)));
            return;
        }
        depth++;
        newLine();
    }

    private void close(char c) {
        depth--;
        newLine();
        add(String.valueOf(c));
    }

    private void separate() {
        add(",");
        newLine();
    }

    private void add(String text) {
        out.append(text);
        at++;
    }

    private void newLine() {
        if (!out.isEmpty()) {
            out.append('\n');
        }
        out.append("  ".repeat(depth));
    }
}
