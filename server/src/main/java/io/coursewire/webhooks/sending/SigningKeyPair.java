package io.coursewire.webhooks.sending;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Base64;

/// A key pair that signs webhooks so that whoever verifies them cannot forge them: ed25519, `v1a` of Standard
/// Webhooks. Never shown by `toString`.
public final class SigningKeyPair {
    private static final String PREFIX = "whsk_";
    private static final int SEED_BYTES = 32;

    private final byte[] seed;
    private final WebhookPublicKey publicKey;
    private final PrivateKey privateKey;

    private SigningKeyPair(byte[] seed, WebhookPublicKey publicKey) {
        this.seed = seed;
        this.publicKey = publicKey;
        this.privateKey = privateKey(seed);
    }

    public static SigningKeyPair next() {
        try {
            var pair = KeyPairGenerator.getInstance(WebhookPublicKey.ALGORITHM).generateKeyPair();
            byte[] seed = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
            return new SigningKeyPair(seed, WebhookPublicKey.of(pair.getPublic()));
        } catch (GeneralSecurityException e) {
            throw WebhookPublicKey.missing(e);
        }
    }

    /// Reads what [#text] wrote.
    public static SigningKeyPair of(String text) {
        if (!text.startsWith(PREFIX)) {
            throw new IllegalArgumentException("not a signing key");
        }
        byte[] bytes = Base64.getDecoder().decode(text.substring(PREFIX.length()));
        byte[] point = Arrays.copyOfRange(bytes, SEED_BYTES, bytes.length);
        return new SigningKeyPair(
                Arrays.copyOf(bytes, SEED_BYTES), WebhookPublicKey.ofPoint(point));
    }

    /// `whsk_` and the base64 of the private and the public key, 32 bytes each.
    public String text() {
        byte[] point = publicKey.point();
        byte[] both = Arrays.copyOf(seed, SEED_BYTES + point.length);
        System.arraycopy(point, 0, both, SEED_BYTES, point.length);
        return PREFIX + Base64.getEncoder().encodeToString(both);
    }

    public WebhookPublicKey publicKey() {
        return publicKey;
    }

    /// One signature of the header `webhook-signature`: `v1a,` and the base64 of the signature of
    /// `id.timestamp.body`.
    public String sign(String id, long timestampSeconds, byte[] body) {
        try {
            var signature = Signature.getInstance(WebhookPublicKey.ALGORITHM);
            signature.initSign(privateKey);
            signature.update((id + "." + timestampSeconds + ".").getBytes(StandardCharsets.UTF_8));
            signature.update(body);
            return WebhookPublicKey.VERSION + Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw WebhookPublicKey.missing(e);
        }
    }

    @Override
    public String toString() {
        return PREFIX + "***";
    }

    private static PrivateKey privateKey(byte[] seed) {
        try {
            return KeyFactory.getInstance(WebhookPublicKey.ALGORITHM)
                    .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed));
        } catch (GeneralSecurityException e) {
            throw WebhookPublicKey.missing(e);
        }
    }
}
