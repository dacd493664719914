package io.coursewire.api.keys;

import io.coursewire.kernel.ClientId;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/// A client's key as its holder has it: `cwk.CLIENT.ID.SECRET`. The client and the id say where its digest
/// is kept; only the secret, 256 random bits, proves anything.
record KeyText(ClientId client, UUID id, byte[] secret) {
    private static final Pattern FORM =
            Pattern.compile("cwk\\.([a-z0-9_-]{1,64})\\.([A-Za-z0-9_-]{22})\\.([A-Za-z0-9_-]{43})");
    private static final int SECRET_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    static KeyText make(ClientId client, UUID id) {
        return new KeyText(client, id, randomSecret());
    }

    static Optional<KeyText> parse(String text) {
        var match = FORM.matcher(text);
        if (!match.matches()) {
            return Optional.empty();
        }
        var id = ByteBuffer.wrap(decode(match.group(2)));
        return Optional.of(
                new KeyText(
                        new ClientId(match.group(1)),
                        new UUID(id.getLong(), id.getLong()),
                        decode(match.group(3))));
    }

    String text() {
        var idBytes =
                ByteBuffer.allocate(16)
                        .putLong(id.getMostSignificantBits())
                        .putLong(id.getLeastSignificantBits());
        return "cwk."
                + client
                + "."
                + ENCODER.encodeToString(idBytes.array())
                + "."
                + ENCODER.encodeToString(secret);
    }

    /// A random text that is nobody's yet.
    static String randomText() {
        return ENCODER.encodeToString(randomSecret());
    }

    private static byte[] randomSecret() {
        var secret = new byte[SECRET_BYTES];
        RANDOM.nextBytes(secret);
        return secret;
    }

    private static byte[] decode(String text) {
        return Base64.getUrlDecoder().decode(text);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyText key
                && client.equals(key.client)
                && id.equals(key.id)
                && Arrays.equals(secret, key.secret);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    /// Without the secret, so that no log ever holds it.
    @Override
    public String toString() {
        return "key " + id + " of " + client;
    }
}
