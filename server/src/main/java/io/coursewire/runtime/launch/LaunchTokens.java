package io.coursewire.runtime.launch;

import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.LaunchId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;

/// The unguessable parts of the participant's URLs: `client.launch.signature`. Nothing of them is
/// stored; whoever can read the database cannot open a course.
public final class LaunchTokens {
    /// Signs bytes for a purpose, with a key that only the servers have.
    public interface Signer {
        byte[] sign(String purpose, byte[] message);
    }

    /// What a genuine token names.
    public record Named(ClientId client, LaunchId launch) {}

    private static final int CHARS_MAX = 200;
    private static final int SIGNATURE_BYTES = 24;
    private static final String LINK = "launch-link";
    private static final String PLAY = "play";

    private final Signer signer;

    public LaunchTokens(Signer signer) {
        this.signer = signer;
    }

    /// The link that is redeemed once.
    String link(ClientId client, LaunchId launch) {
        return token(LINK, client, launch);
    }

    /// The address where the course is taken.
    String play(ClientId client, LaunchId launch) {
        return token(PLAY, client, launch);
    }

    Optional<Named> readLink(String token) {
        return read(LINK, token);
    }

    public Optional<Named> readPlay(String token) {
        return read(PLAY, token);
    }

    private String token(String purpose, ClientId client, LaunchId launch) {
        var named = client.value() + "." + launch;
        return named + "." + signature(purpose, named);
    }

    private Optional<Named> read(String purpose, String token) {
        var parts = token.split("\\.", -1);
        if (token.length() > CHARS_MAX || parts.length != 3) {
            return Optional.empty();
        }
        var client = ClientId.parse(parts[0]);
        var launch = LaunchId.parse(parts[1]);
        return client.isPresent() && launch.isPresent() && genuine(purpose, parts)
                ? Optional.of(new Named(client.get(), launch.get()))
                : Optional.empty();
    }

    // In constant time, so that a signature cannot be guessed byte by byte.
    private boolean genuine(String purpose, String[] parts) {
        return MessageDigest.isEqual(
                signature(purpose, parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII),
                parts[2].getBytes(StandardCharsets.UTF_8));
    }

    private String signature(String purpose, String named) {
        var mac = signer.sign(purpose, named.getBytes(StandardCharsets.UTF_8));
        var shortened = java.util.Arrays.copyOf(mac, SIGNATURE_BYTES);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(shortened);
    }
}
