package io.coursewire.api;

import io.coursewire.kernel.InvalidInput;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// Percent-decoding that refuses what is not UTF-8, where the JDK's would put a replacement character.
final class PercentText {
    private PercentText() {}

    /// A part of a query, where `+` is a space; `name` is the parameter to name in a refusal.
    static String decode(String name, String encoded) {
        return decodePath(name, encoded.replace('+', ' '));
    }

    /// A part of a path.
    static String decodePath(String name, String encoded) {
        try {
            var text =
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes(encoded)))
                            .toString();
            if (text.indexOf('\0') >= 0) {
                throw new InvalidInput(name, "holds a NUL character. Leave it out.");
            }
            return text;
        } catch (CharacterCodingException
                | IllegalArgumentException
                | IndexOutOfBoundsException e) {
            throw new InvalidInput(name, "is not percent-encoded UTF-8.");
        }
    }

    private static byte[] bytes(String encoded) {
        var raw = encoded.getBytes(StandardCharsets.UTF_8);
        var out = new ByteArrayOutputStream(raw.length);
        for (int i = 0; i < raw.length; i++) {
            switch (raw[i]) {
                case '%' -> {
                    out.write(
                            HexFormat.fromHexDigit(raw[i + 1]) << 4
                                    | HexFormat.fromHexDigit(raw[i + 2]));
                    i += 2;
                }
                default -> out.write(raw[i]);
            }
        }
        return out.toByteArray();
    }
}
