package io.coursewire.kernel;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Where a page of a list ended, as text that means nothing to clients: the sort key of its last item.
/// It carries no rights: the list that reads it is scoped by itself.
public record Cursor(List<String> parts) {
    public static final int CHARS_MAX = 2_000;
    private static final String SEPARATOR = "\n";
    private static final String REFUSAL =
            "is not a cursor that this list gave. Pass nextCursor of the page before, unchanged, or leave it out to start over.";

    public Cursor {
        parts = List.copyOf(parts);
    }

    public static Cursor of(Object... parts) {
        return new Cursor(Arrays.stream(parts).map(Object::toString).toList());
    }

    /// Reads what [#text] wrote, with exactly `count` parts; anything else is invalid input at `cursor`.
    public static Cursor parse(String text, int count) {
        var parts =
                decode(text)
                        .filter(joined -> joined.indexOf('\0') < 0)
                        .map(joined -> List.of(joined.split(SEPARATOR, -1)));
        return parts.filter(list -> list.size() == count)
                .map(Cursor::new)
                .orElseThrow(Cursor::refused);
    }

    /// One part by its own parser; what the parser does not take is invalid input at `cursor`.
    public <T> T part(int index, Function<String, Optional<T>> parser) {
        return parser.apply(parts.get(index)).orElseThrow(Cursor::refused);
    }

    public String text() {
        var joined = String.join(SEPARATOR, parts).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(joined);
    }

    private static Optional<String> decode(String text) {
        if (text.length() > CHARS_MAX) {
            return Optional.empty();
        }
        try {
            var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static InvalidInput refused() {
        return new InvalidInput("cursor", REFUSAL);
    }
}
