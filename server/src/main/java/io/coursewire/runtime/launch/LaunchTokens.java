package io.coursewire.runtime.launch;

import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.LaunchId;
import io.coursewire.kernel.SessionId;
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

    /// One opening of content, as named by the id that content itself is given.
    public record Content(ClientId client, SessionId session) {}

    private static final int CHARS_MAX = 200;
    private static final int SIGNATURE_BYTES = 24;
    private static final String LINK = "launch-link";
    private static final String PLAY = "play";
    private static final String CONTENT = "content-session";

    private final Signer signer;

    public LaunchTokens(Signer signer) {
        this.signer = signer;
    }

    /// The link that is redeemed once.
    String link(ClientId client, LaunchId launch) {
        return token(LINK, client, launch.toString());
    }

    /// The address where the course is taken.
    String play(ClientId client, LaunchId launch) {
        return token(PLAY, client, launch.toString());
    }

    /// The id by which content that speaks to the server itself may do so.
    String content(ClientId client, SessionId session) {
        return token(CONTENT, client, session.toString());
    }

    public Optional<Named> readLink(String token) {
        return read(LINK, token);
    }

    public Optional<Named> readPlay(String token) {
        return read(PLAY, token);
    }

    private String token(String purpose, ClientId client, String id) {
        var named = client.value() + "." + id;
        return named + "." + signature(purpose, named);
    }

    public Optional<Content> readContent(String token) {
        return parts(CONTENT, token)
                .flatMap(
                        parts ->
                                ClientId.parse(parts[0])
                                        .flatMap(
                                                client ->
                                                        SessionId.parse(parts[1])
                                                                .map(
                                                                        session ->
                                                                                new Content(
                                                                                        client,
                                                                                        session))));
    }

    private Optional<Named> read(String purpose, String token) {
        return parts(purpose, token)
                .flatMap(
                        parts ->
                                ClientId.parse(parts[0])
                                        .flatMap(
                                                client ->
                                                        LaunchId.parse(parts[1])
                                                                .map(
                                                                        launch ->
                                                                                new Named(
                                                                                        client,
                                                                                        launch))));
    }

    /// Empty for what is not genuine.
    private Optional<String[]> parts(String purpose, String token) {
        var parts = token.split("\\.", -1);
        return token.length() <= CHARS_MAX && parts.length == 3 && genuine(purpose, parts)
                ? Optional.of(parts)
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
