package io.coursewire.webhooks.explain;

import io.coursewire.kernel.Json;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/// What may have happened to a body on its way. Pure.
final class BodyRules {
    private static final int SHOWN_CHARS = 24;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private BodyRules() {}

    /// The body with usual accidents undone, by what to say if that makes the signature hold.
    static Map<String, byte[]> mended(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        Map<String, String> mended = new LinkedHashMap<>();
        mended.put("without the line end that was added to it", text.stripTrailing());
        mended.put("without the byte order mark before it", text.replace(BYTE_ORDER_MARK, ""));
        mended.put(
                "with its line ends as LF, which were turned into CRLF",
                text.replace("\r\n", "\n"));
        Map<String, byte[]> changed = new LinkedHashMap<>();
        mended.forEach(
                (what, other) -> {
                    if (!other.equals(text)) {
                        changed.put(what, other.getBytes(StandardCharsets.UTF_8));
                    }
                });
        return changed;
    }

    /// How a body differs from what was sent; empty when it does not.
    static Optional<String> difference(byte[] sent, byte[] received) {
        int at = Arrays.mismatch(sent, received);
        if (at < 0) {
            return Optional.empty();
        }
        String where =
                "The body differs from what was sent from byte %d on: sent was \"%s\", received \"%s\"."
                        .formatted(at, excerpt(sent, at), excerpt(received, at));
        return Optional.of(
                isSameJson(sent, received)
                        ? where
                                + " It is the same JSON in other bytes: it was parsed and written again before the check. Check the bytes as they arrive."
                        : where);
    }

    private static boolean isSameJson(byte[] sent, byte[] received) {
        try {
            return Json.MAPPER.readTree(sent).equals(Json.MAPPER.readTree(received));
        } catch (JacksonException e) {
            return false;
        }
    }

    private static String excerpt(byte[] bytes, int at) {
        int end = Math.min(bytes.length, at + SHOWN_CHARS);
        return at >= bytes.length
                ? "(its end)"
                : new String(bytes, at, end - at, StandardCharsets.UTF_8);
    }
}
