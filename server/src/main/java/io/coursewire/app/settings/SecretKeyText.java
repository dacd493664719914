package io.coursewire.app.settings;

import io.coursewire.kernel.InvalidInput;
import io.coursewire.kernel.SecretKey;
import java.util.Base64;
import java.util.HexFormat;

/// The secret key in the forms that tools print 32 random bytes in.
public final class SecretKeyText {
    private static final int HEX_CHARS = 2 * SecretKey.BYTES;

    private SecretKeyText() {}

    public static SecretKey parse(String text) {
        try {
            return SecretKey.of(bytes(text.strip()));
        } catch (IllegalArgumentException e) {
            // Without the cause, which may hold the key.
            throw new InvalidInput(
                    "",
                    "is not a key: %d bytes in base64 or hex, as openssl rand -base64 32 makes them"
                            .formatted(SecretKey.BYTES));
        }
    }

    public static String random() {
        return Base64.getEncoder().encodeToString(SecretKey.random());
    }

    private static byte[] bytes(String text) {
        return text.length() == HEX_CHARS
                ? HexFormat.of().parseHex(text)
                : Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/'));
    }
}
