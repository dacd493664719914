package io.coursewire.webhooks;

import io.coursewire.webhooks.sending.SigningKeyPair;
import io.coursewire.webhooks.sending.WebhookPublicKey;
import io.coursewire.webhooks.sending.WebhookSecret;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What is stored encrypted and shown masked: signing secrets, newest first, and credentials.
public record SubscriptionSecrets(List<Signing> signing, Credentials credentials) {
    /// A shared secret, and the key pair that goes with it. `until` is empty for those in use, the end of the
    /// overlap for those that were rotated out.
    public record Signing(WebhookSecret secret, SigningKeyPair keys, Optional<Instant> until) {
        static Signing next() {
            return new Signing(WebhookSecret.next(), SigningKeyPair.next(), Optional.empty());
        }

        boolean signsAt(Instant now) {
            return until.isEmpty() || now.isBefore(until.get());
        }
    }

    /// What is left where the stored ones cannot be read: they were damaged. A rotation makes new ones.
    public static final SubscriptionSecrets LOST =
            new SubscriptionSecrets(List.of(), Credentials.NONE);

    public SubscriptionSecrets {
        signing = List.copyOf(signing);
    }

    public static SubscriptionSecrets first(Credentials credentials) {
        return new SubscriptionSecrets(List.of(Signing.next()), credentials);
    }

    /// Nothing can be signed.
    public boolean areLost() {
        return signing.isEmpty();
    }

    public WebhookSecret current() {
        return signing.getFirst().secret();
    }

    /// Verifies what is signed with a key pair.
    public WebhookPublicKey publicKey() {
        return signing.getFirst().keys().publicKey();
    }

    /// Those that sign now: the one in use and any whose overlap lasts.
    public List<Signing> signingAt(Instant now) {
        return signing.stream().filter(s -> s.signsAt(now)).toList();
    }

    /// A new secret in use; the one before goes on signing until `overlapEnd`.
    public SubscriptionSecrets rotated(Instant now, Instant overlapEnd) {
        var next = new ArrayList<Signing>();
        next.add(Signing.next());
        signing.stream()
                .limit(1)
                .map(s -> new Signing(s.secret(), s.keys(), Optional.of(overlapEnd)))
                .forEach(next::add);
        signing.stream().skip(1).filter(s -> s.signsAt(now)).forEach(next::add);
        return new SubscriptionSecrets(next, credentials);
    }

    public SubscriptionSecrets with(Credentials changed) {
        return new SubscriptionSecrets(signing, changed);
    }

    @Override
    public String toString() {
        return "SubscriptionSecrets[***]";
    }
}
