package io.coursewire.packages.prerequisites;

import io.coursewire.packages.prerequisites.Script.All;
import io.coursewire.packages.prerequisites.Script.Done;
import io.coursewire.packages.prerequisites.Script.Is;
import io.coursewire.packages.prerequisites.Script.Not;
import io.coursewire.packages.prerequisites.Script.Some;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads an `aicc_script` (CMI001 4.0, 6.3.2): `&`, `|`, `~`, `=`, `<>`, `n*{...}` and parentheses. The words AND, OR and NOT, which
/// some tools write, are read as well.
final class ReadScript {
    static final int DEPTH_MAX = 50;
    private static final int COUNT_DIGITS_MAX = 6;

    /// @param hasWords AND, OR or NOT stood for `&`, `|` or `~`
    record Read(Script script, boolean hasWords) {}

    private static final class Broken extends Exception {
        private static final long serialVersionUID = 1;
    }

    private static final Pattern TOKEN =
            Pattern.compile("\\s*(<>|[&|~=(){},*]|\"[^\"]*\"|'[^']*'|[^\\s&|~=<>(){},*\"']+)");

    private final List<String> tokens = new ArrayList<>();
    private int at;
    private boolean hasWords;

    private ReadScript() {}

    /// Empty for what is no script.
    static Optional<Read> read(String text) {
        var reader = new ReadScript();
        try {
            reader.split(text);
            var script = reader.any(0);
            return reader.at == reader.tokens.size()
                    ? Optional.of(new Read(script, reader.hasWords))
                    : Optional.empty();
        } catch (Broken _) {
            return Optional.empty();
        }
    }

    private void split(String text) throws Broken {
        var token = TOKEN.matcher(text.strip());
        int end = 0;
        while (end < text.strip().length()) {
            if (!token.find(end) || token.start() != end) {
                throw new Broken();
            }
            tokens.add(token.group(1));
            end = token.end();
        }
    }

    private Script any(int depth) throws Broken {
        if (depth > DEPTH_MAX) {
            throw new Broken();
        }
        var parts = new ArrayList<>(List.of(all(depth)));
        while (skip("|", "or")) {
            parts.add(all(depth));
        }
        return parts.size() == 1 ? parts.getFirst() : new Some(1, parts);
    }

    private Script all(int depth) throws Broken {
        var parts = new ArrayList<>(List.of(not(depth)));
        while (skip("&", "and")) {
            parts.add(not(depth));
        }
        return parts.size() == 1 ? parts.getFirst() : new All(parts);
    }

    private Script not(int depth) throws Broken {
        int times = 0;
        while (skip("~", "not")) {
            times++;
        }
        var one = one(depth);
        return times % 2 == 0 ? one : new Not(one);
    }

    private Script one(int depth) throws Broken {
        if (skip("(")) {
            var inside = any(depth + 1);
            need(")");
            return inside;
        }
        var word = word();
        if (skip("*")) {
            return set(word, depth);
        }
        if (skip("=")) {
            return new Is(word, status());
        }
        return skip("<>") ? new Not(new Is(word, status())) : new Done(word);
    }

    private Script set(String count, int depth) throws Broken {
        if (!count.matches("\\d{1," + COUNT_DIGITS_MAX + "}")) {
            throw new Broken();
        }
        need("{");
        var members = new ArrayList<Script>();
        do {
            members.add(any(depth + 1));
        } while (skip(","));
        need("}");
        return new Some(Integer.parseInt(count), members);
    }

    private String word() throws Broken {
        var token = at < tokens.size() ? tokens.get(at++) : "";
        boolean isQuoted = token.startsWith("\"") || token.startsWith("'");
        var word = isQuoted ? token.substring(1, token.length() - 1).strip() : token;
        if (word.isEmpty() || !isQuoted && "<>&|~=(){},*".contains(word)) {
            throw new Broken();
        }
        return word;
    }

    private String status() throws Broken {
        return Script.status(word()).orElseThrow(Broken::new);
    }

    private void need(String sign) throws Broken {
        if (!skip(sign)) {
            throw new Broken();
        }
    }

    private boolean skip(String sign) {
        boolean found = at < tokens.size() && tokens.get(at).equals(sign);
        at += found ? 1 : 0;
        return found;
    }

    private boolean skip(String sign, String word) {
        if (skip(sign)) {
            return true;
        }
        boolean found = at < tokens.size() && tokens.get(at).toLowerCase(Locale.ROOT).equals(word);
        at += found ? 1 : 0;
        hasWords |= found;
        return found;
    }
}
