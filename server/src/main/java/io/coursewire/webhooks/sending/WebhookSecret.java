package io.coursewire.webhooks.sending;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A signing secret in the form of Standard Webhooks: `whsec_` and the base64 of 24 to 64 bytes.
/// Never shown by `toString`.
public record WebhookSecret(String text) {
    private static final String PREFIX = "whsec_";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int BYTES_NEW = 32;
    private static final int BYTES_MIN = 24;
    private static final int BYTES_MAX = 64;
    private static final SecureRandom RANDOM = new SecureRandom();

    public WebhookSecret {
        if (key(text).isEmpty()) {
            throw new IllegalArgumentException("not a webhook secret");
        }
    }

    public static WebhookSecret next() {
        byte[] key = new byte[BYTES_NEW];
        RANDOM.nextBytes(key);
        return new WebhookSecret(PREFIX + Base64.getEncoder().encodeToString(key));
    }

    public static Optional<WebhookSecret> parse(String text) {
        return key(text).map(_ -> new WebhookSecret(text));
    }

    /// One signature of the header `webhook-signature`: `v1,` and the base64 of the HMAC-SHA256 of
    /// `id.timestamp.body`.
    public String sign(String id, long timestampSeconds, byte[] body) {
        Mac mac = mac(key(text).orElseThrow());
        mac.update((id + "." + timestampSeconds + ".").getBytes(StandardCharsets.UTF_8));
        return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
    }

    /// The base64 HMAC-SHA256 of the body alone, keyed with the secret's text as shown.
    public String signRaw(byte[] body) {
        Mac mac = mac(text.getBytes(StandardCharsets.UTF_8));
        return Base64.getEncoder().encodeToString(mac.doFinal(body));
    }

    @Override
    public String toString() {
        return PREFIX + "***";
    }

    private static Optional<byte[]> key(String text) {
        if (!text.startsWith(PREFIX)) {
            return Optional.empty();
        }
        try {
            byte[] key = Base64.getDecoder().decode(text.substring(PREFIX.length()));
            return key.length >= BYTES_MIN && key.length <= BYTES_MAX
                    ? Optional.of(key)
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Mac mac(byte[] key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
