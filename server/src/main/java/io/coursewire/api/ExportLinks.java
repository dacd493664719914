package io.coursewire.api;

import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.SecretKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;

/// Links to exports that work until they expire, for whoever has them: nothing is stored, the link says and signs
/// what it leads to.
public final class ExportLinks {
    private static final String PURPOSE = "export-link";
    private static final int TOKEN_CHARS_MAX = 8_000;
    private static final int PARTS = 4;

    private final SecretKey secretKey;
    private final InstantSource clock;

    public ExportLinks(SecretKey secretKey, InstantSource clock) {
        this.secretKey = secretKey;
        this.clock = clock;
    }

    record Link(String token, Instant expiresAt) {}

    sealed interface Outcome {}

    /// `query` says which attempts, as in a list.
    record Valid(ClientId client, String ending, String query) implements Outcome {}

    record Expired() implements Outcome {}

    record Forged() implements Outcome {}

    Link make(ClientId client, String ending, String query, Duration validFor) {
        var expiresAt = Instant.ofEpochSecond(clock.instant().plus(validFor).getEpochSecond());
        var said =
                String.join(
                        "\n",
                        client.value(),
                        ending,
                        String.valueOf(expiresAt.getEpochSecond()),
                        query);
        var bytes = said.getBytes(StandardCharsets.UTF_8);
        return new Link(text(bytes) + "." + text(secretKey.mac(PURPOSE, bytes)), expiresAt);
    }

    Outcome read(String token) {
        var halves = token.split("\\.", -1);
        if (token.length() > TOKEN_CHARS_MAX || halves.length != 2) {
            return new Forged();
        }
        try {
            var said = Base64.getUrlDecoder().decode(halves[0]);
            var mac = Base64.getUrlDecoder().decode(halves[1]);
            return MessageDigest.isEqual(mac, secretKey.mac(PURPOSE, said))
                    ? signed(new String(said, StandardCharsets.UTF_8).split("\n", PARTS))
                    : new Forged();
        } catch (IllegalArgumentException e) {
            return new Forged();
        }
    }

    private Outcome signed(String[] parts) {
        boolean expired = clock.instant().getEpochSecond() >= Long.parseLong(parts[2]);
        return expired ? new Expired() : new Valid(new ClientId(parts[0]), parts[1], parts[3]);
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
