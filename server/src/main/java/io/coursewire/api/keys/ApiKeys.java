package io.coursewire.api.keys;

import io.coursewire.kernel.BriefMemory;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.Cursor;
import io.coursewire.kernel.Page;
import io.coursewire.kernel.SecretKey;
import io.coursewire.kernel.Sha256;
import io.coursewire.kernel.Uuid;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/// Makes, lists and revokes keys, and recognises their holders. What was found is remembered briefly; a
/// key revoked on this node is refused at once, one revoked on another after [#REMEMBERED] at the latest.
public final class ApiKeys implements Authenticate {
    public static final Duration REMEMBERED = Duration.ofSeconds(5);
    private static final UUID FIRST = new UUID(0, 0);
    private static final String ADMIN = "admin";

    /// A new key with the text that is shown this once.
    public record Made(ApiKey key, String text) {
        @Override
        public String toString() {
            return key.toString();
        }
    }

    private record KeyPlace(ClientId client, UUID id) {}

    private final KeyStore store = new KeyStore();
    private final BriefMemory<KeyPlace, byte[]> digests = new BriefMemory<>(REMEMBERED);
    private final BriefMemory<String, byte[]> adminDigest = new BriefMemory<>(REMEMBERED);
    private final Jdbi jdbi;
    private final SecretKey secretKey;
    private final Clock clock;

    public ApiKeys(Jdbi jdbi, SecretKey secretKey, Clock clock) {
        this.jdbi = jdbi;
        this.secretKey = secretKey;
        this.clock = clock;
    }

    @Override
    public Optional<Caller> caller(String token) {
        return KeyText.parse(token)
                .filter(this::isGenuine)
                .map(ApiKeys::holder)
                .or(() -> admin(token));
    }

    public Made create(ClientId client, String name) {
        var key = new ApiKey(Uuid.next(), name, clock.instant());
        var text = KeyText.make(client, key.id());
        jdbi.useTransaction(db -> store.insert(db, client, key, Sha256.of(text.secret())));
        return new Made(key, text.text());
    }

    /// False when the client has no such key.
    public boolean revoke(ClientId client, UUID key) {
        boolean revoked = jdbi.inTransaction(db -> store.delete(db, client, key));
        digests.forget(new KeyPlace(client, key));
        return revoked;
    }

    /// By id, so that newer ones come last.
    public Page<ApiKey> list(ClientId client, int limit, Optional<String> cursor) {
        var after = cursor.map(text -> Cursor.parse(text, 1).part(0, Uuid::parse)).orElse(FIRST);
        var found = jdbi.withHandle(db -> store.list(db, client, after, limit + 1));
        return Page.of(found, limit, last -> Cursor.of(last.id()));
    }

    /// Makes the operator's own text the admin key, in place of any other.
    public void useAdminKey(String given) {
        jdbi.useTransaction(db -> store.replaceAdminDigest(db, digest(given), clock.instant()));
        adminDigest.forget(ADMIN);
    }

    /// Makes an admin key if there is none yet; its text, to be shown this once.
    public Optional<String> makeFirstAdminKey() {
        var text = "cwa." + KeyText.randomText();
        boolean made =
                jdbi.inTransaction(
                        db -> store.insertAdminDigest(db, digest(text), clock.instant()));
        adminDigest.forget(ADMIN);
        return made ? Optional.of(text) : Optional.empty();
    }

    private boolean isGenuine(KeyText key) {
        var place = new KeyPlace(key.client(), key.id());
        return digests.get(
                        place, at -> jdbi.withHandle(db -> store.digest(db, at.client(), at.id())))
                .filter(kept -> MessageDigest.isEqual(kept, Sha256.of(key.secret())))
                .isPresent();
    }

    private Optional<Caller> admin(String token) {
        return adminDigest
                .get(ADMIN, _ -> jdbi.withHandle(store::adminDigest))
                .filter(kept -> MessageDigest.isEqual(kept, digest(token)))
                .map(_ -> new Caller.Admin());
    }

    private static Caller holder(KeyText key) {
        return new Caller.OfClient(key.client(), key.id());
    }

    // An operator may choose a text that can be guessed; without the secret key no guess can be
    // tested.
    private byte[] digest(String adminKey) {
        return secretKey.mac("admin-key", adminKey.getBytes(StandardCharsets.UTF_8));
    }
}
