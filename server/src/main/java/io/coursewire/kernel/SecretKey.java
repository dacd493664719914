package io.coursewire.kernel;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// The servers' one secret. Each purpose gets a key of its own (HKDF-SHA256, RFC 5869), so that what is
/// signed or encrypted for one cannot be used for another. Never logged, never stored in the database.
public final class SecretKey {
    public static final int BYTES = 32;

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final byte FORMAT = 1;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int FINGERPRINT_BYTES = 16;

    private final byte[] secret;
    // Purposes are few and fixed; deriving a key costs several times what signing with it does.
    private final Map<String, byte[]> derived = new ConcurrentHashMap<>();

    private SecretKey(byte[] secret) {
        this.secret = secret;
    }

    /// Throws IllegalArgumentException unless it is 32 bytes.
    public static SecretKey of(byte[] secret) {
        if (secret.length != BYTES) {
            throw new IllegalArgumentException(
                    "a secret key has " + BYTES + " bytes, not " + secret.length);
        }
        return new SecretKey(secret.clone());
    }

    public static byte[] random() {
        var bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    /// Tells keys apart without telling them.
    public String fingerprint() {
        return HexFormat.of()
                .formatHex(Arrays.copyOf(mac("fingerprint", new byte[0]), FINGERPRINT_BYTES));
    }

    /// HMAC-SHA256 of the message, with the purpose's key.
    public byte[] mac(String purpose, byte[] message) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(keyFor(purpose), "HmacSHA256"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    /// Encrypts with AES-256-GCM; `purpose` is authenticated with it.
    public byte[] seal(String purpose, byte[] plain) {
        var nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        try {
            var sealed = cipher(Cipher.ENCRYPT_MODE, purpose, nonce).doFinal(plain);
            return ByteBuffer.allocate(1 + NONCE_BYTES + sealed.length)
                    .put(FORMAT)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    /// Throws IllegalStateException for what another key or purpose sealed, and for what was altered.
    public byte[] unseal(String purpose, byte[] sealed) {
        if (sealed.length <= NONCE_BYTES || sealed[0] != FORMAT) {
            throw new IllegalStateException("not a sealed value");
        }
        try {
            var nonce = Arrays.copyOfRange(sealed, 1, 1 + NONCE_BYTES);
            return cipher(Cipher.DECRYPT_MODE, purpose, nonce)
                    .doFinal(sealed, 1 + NONCE_BYTES, sealed.length - 1 - NONCE_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("sealed with another key, or altered", e);
        }
    }

    private Cipher cipher(int mode, String purpose, byte[] nonce) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                mode,
                new SecretKeySpec(keyFor("seal " + purpose), "AES"),
                new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private byte[] keyFor(String purpose) {
        return derived.computeIfAbsent(purpose, this::derive);
    }

    private byte[] derive(String purpose) {
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveData(
                            HKDFParameterSpec.ofExtract()
                                    .addIKM(secret)
                                    .thenExpand(purpose.getBytes(StandardCharsets.UTF_8), BYTES));
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    private static IllegalStateException missing(GeneralSecurityException e) {
        return new IllegalStateException(
                "this Java platform lacks an algorithm that all of them have", e);
    }
}
