package io.coursewire.app.settings;

import io.coursewire.kernel.InvalidInput;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Origins as people write them: `https://lms.example`, with a port or not, in any case, with a slash at the end or not.
final class OriginText {
    private static final String CLIENT = "{client}";
    private static final String CLIENT_FORM = "[a-z0-9_-]{1,64}";
    private static final Pattern FORM =
            Pattern.compile("(https?)://(\\[[0-9a-f:.]+]|[a-z0-9.-]+)(?::([0-9]{1,5}))?/?");
    private static final Map<String, Integer> DEFAULT_PORTS = Map.of("http", 80, "https", 443);

    private OriginText() {}

    /// In the one form that an origin has: in small letters, without the port that its scheme has by itself.
    static String parse(String text) {
        var match = FORM.matcher(text.toLowerCase(Locale.ROOT));
        if (!match.matches() || URI.create(match.group()).getHost() == null) {
            throw new InvalidInput(
                    "",
                    "\"%s\" is not an origin; write it like https://lms.example, without a path"
                            .formatted(text));
        }
        var scheme = match.group(1);
        var port = Optional.ofNullable(match.group(3)).map(Integer::valueOf);
        if (port.filter(number -> number < 1 || number > ReadSettings.PORT_MAX).isPresent()) {
            throw new InvalidInput(
                    "", "\"%s\" has no port from 1 to %d".formatted(text, ReadSettings.PORT_MAX));
        }
        return "%s://%s%s"
                .formatted(
                        scheme,
                        match.group(2),
                        port.filter(number -> !number.equals(DEFAULT_PORTS.get(scheme)))
                                .map(number -> ":" + number)
                                .orElse(""));
    }

    /// One that may hold `{client}` in its host.
    static String parsePattern(String text) {
        String marked = parse(text.replace(CLIENT, "client-mark"));
        return marked.replace("client-mark", CLIENT);
    }

    /// Whether the origin is the pattern's, or that of some client.
    static boolean covers(String pattern, String origin) {
        return Stream.of(pattern.split(Pattern.quote(CLIENT), -1))
                .map(Pattern::quote)
                .collect(
                        Collectors.collectingAndThen(
                                Collectors.joining(CLIENT_FORM), origin::matches));
    }
}
