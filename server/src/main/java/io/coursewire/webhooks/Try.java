package io.coursewire.webhooks;

import io.coursewire.kernel.Json;
import io.coursewire.webhooks.sending.Answer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// One request to an endpoint and what came of it, as the delivery log keeps it.
public record Try(Instant at, long durationMillis, Answer answer) {
    /// Of one delivery: an endpoint that is busy for days is asked again and again.
    public static final int KEPT_MAX = 25;

    /// The rest are the last ones.
    public static final int KEPT_FIRST = 5;

    /// One JSON object, fit to be stored: what cannot be stored as text is replaced.
    public String json() {
        var node = Json.MAPPER.createObjectNode();
        node.put("at", at.truncatedTo(ChronoUnit.MILLIS).toString());
        switch (answer) {
            case Answer.Status status -> {
                node.put("statusCode", status.code());
                node.put("durationMillis", durationMillis);
                node.putNull("error");
                node.put("responseBody", storable(status.body()));
            }
            case Answer.None none -> {
                node.putNull("statusCode");
                node.put("durationMillis", durationMillis);
                node.put("error", storable(none.message()));
                node.putNull("responseBody");
            }
        }
        return node.toString();
    }

    // PostgreSQL keeps neither NUL nor lone surrogates in JSON; whatever an endpoint answers must
    // be recordable, or its delivery would be repeated for ever.
    private static String storable(String text) {
        var clean = new StringBuilder(text.length());
        text.codePoints()
                .map(
                        c ->
                                c == 0
                                                || (c >= Character.MIN_SURROGATE
                                                        && c <= Character.MAX_SURROGATE)
                                        ? 0xFFFD
                                        : c)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }
}
