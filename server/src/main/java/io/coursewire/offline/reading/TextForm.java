package io.coursewire.offline.reading;

import java.nio.charset.Charset;
import java.util.Optional;

/// How a text file is written, as far as someone said so; the rest is found out.
public record TextForm(Optional<Charset> encoding, Optional<Character> delimiter) {
    public static final TextForm UNKNOWN = new TextForm(Optional.empty(), Optional.empty());
}
