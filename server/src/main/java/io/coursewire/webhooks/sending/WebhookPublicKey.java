package io.coursewire.webhooks.sending;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/// What verifies `v1a` signatures: `whpk_` and the base64 of an ed25519 public key of 32 bytes.
public record WebhookPublicKey(String text) {
    static final String ALGORITHM = "Ed25519";
    static final String VERSION = "v1a,";

    private static final String PREFIX = "whpk_";
    private static final int POINT_BYTES = 32;
    // RFC 8410: an ed25519 key in X.509 is these bytes and the point.
    private static final byte[] X509_HEAD = HexFormat.of().parseHex("302a300506032b6570032100");

    public WebhookPublicKey {
        if (!text.startsWith(PREFIX) || pointOf(text).length != POINT_BYTES) {
            throw new IllegalArgumentException("not a webhook public key");
        }
    }

    static WebhookPublicKey of(PublicKey key) {
        byte[] encoded = key.getEncoded();
        return ofPoint(Arrays.copyOfRange(encoded, X509_HEAD.length, encoded.length));
    }

    static WebhookPublicKey ofPoint(byte[] point) {
        return new WebhookPublicKey(PREFIX + Base64.getEncoder().encodeToString(point));
    }

    byte[] point() {
        return pointOf(text);
    }

    /// Whether a signature, `v1a,` and base64, is of this key over `id.timestamp.body`.
    public boolean verifies(String signature, String id, long timestampSeconds, byte[] body) {
        if (!signature.startsWith(VERSION)) {
            return false;
        }
        try {
            var verifier = Signature.getInstance(ALGORITHM);
            verifier.initVerify(key());
            verifier.update((id + "." + timestampSeconds + ".").getBytes(StandardCharsets.UTF_8));
            verifier.update(body);
            return verifier.verify(
                    Base64.getDecoder().decode(signature.substring(VERSION.length())));
        } catch (SignatureException | IllegalArgumentException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    static IllegalStateException missing(GeneralSecurityException e) {
        return new IllegalStateException("every Java has " + ALGORITHM, e);
    }

    private PublicKey key() throws GeneralSecurityException {
        byte[] encoded = Arrays.copyOf(X509_HEAD, X509_HEAD.length + POINT_BYTES);
        System.arraycopy(point(), 0, encoded, X509_HEAD.length, POINT_BYTES);
        return KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded));
    }

    private static byte[] pointOf(String text) {
        return Base64.getDecoder().decode(text.substring(PREFIX.length()));
    }
}
