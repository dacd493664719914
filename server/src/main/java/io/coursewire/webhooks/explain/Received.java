package io.coursewire.webhooks.explain;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A webhook as its receiver saw it. Header names are in lower case.
public record Received(Map<String, String> headers, byte[] body) {
    public Received {
        var lower = new TreeMap<String, String>();
        headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value.strip()));
        headers = Map.copyOf(lower);
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name)).filter(value -> !value.isEmpty());
    }

    Received withBody(byte[] other) {
        return new Received(headers, other);
    }
}
