package io.coursewire.app.settings;

import io.coursewire.kernel.InvalidInput;
import java.net.URI;
import java.util.regex.Pattern;

/// Origins as people write them: `https://lms.example`, with a port or not, in any case, with a slash at the end or not.
final class OriginText {
    private static final String CLIENT = "{client}";
    private static final Pattern FORM =
            Pattern.compile("(https?)://(\\[[0-9a-f:.]+]|[a-z0-9.-]+)(:[0-9]{1,5})?/?");

    private OriginText() {}

    static String parse(String text) {
        var match = FORM.matcher(text.toLowerCase(java.util.Locale.ROOT));
        if (!match.matches() || URI.create(match.group()).getHost() == null) {
            throw new InvalidInput(
                    "",
                    "\"%s\" is not an origin; write it like https://lms.example, without a path"
                            .formatted(text));
        }
        return match.group().replaceAll("/$", "");
    }

    /// One that may hold `{client}` in its host.
    static String parsePattern(String text) {
        String marked = parse(text.replace(CLIENT, "client-mark"));
        return marked.replace("client-mark", CLIENT);
    }
}
