package io.coursewire.webhooks.sending;

import java.util.Optional;

/// What came back from an endpoint.
public sealed interface Answer {
    int BODY_BYTES_READ_MAX = 64 * 1024;
    int BODY_BYTES_KEPT_MAX = 4 * 1024;

    /// The answer arrived, its body up to the limits; `retryAfter` is the header as it was sent.
    record Status(int code, Optional<String> retryAfter, String body) implements Answer {}

    /// No answer, or not a whole one in time. The message says what went wrong, for people.
    record None(String message) implements Answer {}
}
