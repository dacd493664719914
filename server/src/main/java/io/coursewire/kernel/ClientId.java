package io.coursewire.kernel;

import java.util.Optional;
import java.util.regex.Pattern;

/// An organization, by the name that its URLs carry: 1 to 64 of `a-z 0-9 - _`.
public record ClientId(String value) {
    private static final Pattern FORM = Pattern.compile("[a-z0-9_-]{1,64}");

    public ClientId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("not a client id: " + value);
        }
    }

    public static Optional<ClientId> parse(String text) {
        return text != null && FORM.matcher(text).matches()
                ? Optional.of(new ClientId(text))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
