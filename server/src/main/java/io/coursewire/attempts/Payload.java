package io.coursewire.attempts;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The UTF-8 bytes of one JSON object, as told to the outside world. Never changed once made.
public final class Payload {
    private final byte[] bytes;

    public Payload(byte[] bytes) {
        this.bytes = bytes;
    }

    /// Not copied, since it is on the hot path: callers leave the bytes as they are.
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Payload payload && Arrays.equals(bytes, payload.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
