package io.coursewire.webhooks;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The shape of a webhook's body.
public enum Format {
    /// The bare object.
    ATTEMPT_STATUS("attempt-status", "application/json; charset=utf-8"),
    /// Standard Webhooks: `{type, timestamp, data}`.
    STANDARD("standard", "application/json; charset=utf-8"),
    /// CloudEvents 1.0 in structured mode.
    CLOUDEVENTS("cloudevents", "application/cloudevents+json; charset=utf-8");

    public static final Map<String, Format> BY_WORD =
            Arrays.stream(values())
                    .collect(Collectors.toUnmodifiableMap(Format::word, Function.identity()));

    private final String word;
    private final String contentType;

    Format(String word, String contentType) {
        this.word = word;
        this.contentType = contentType;
    }

    public String word() {
        return word;
    }

    public String contentType() {
        return contentType;
    }
}
