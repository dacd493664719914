package io.coursewire.webhooks.sending;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Shows an endpoint who calls it (mutual TLS): a certificate with its chain and the private key, both in PEM.
/// Never shown by `toString`.
public record ClientCertificate(String certificate, String privateKey) {
    public static final int CHARS_MAX = 32_000;

    private static final Pattern KEY =
            Pattern.compile(
                    "-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "Ed25519");
    private static final Map<String, String> SIGNATURES =
            Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA");

    /// What is wrong with it; empty when it can be used.
    public Optional<String> fault() {
        try {
            var chain = chain();
            if (chain.length == 0) {
                return Optional.of("holds no certificate in PEM");
            }
            boolean fits =
                    chain[0].getPublicKey()
                            .getAlgorithm()
                            .startsWith(key().getAlgorithm().substring(0, 2));
            if (!fits) {
                return Optional.of("is of another kind than its private key");
            }
            return isOf(chain[0].getPublicKey(), key())
                    ? Optional.empty()
                    : Optional.of(
                            "belongs to another private key; give the two that were made together");
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return Optional.of(
                    "cannot be read (%s); give the certificate and an unencrypted PKCS#8 key (BEGIN PRIVATE KEY) in PEM"
                            .formatted(e.getMessage()));
        }
    }

    /// Whether what the private key signs is verified by the public one.
    private static boolean isOf(PublicKey publicKey, PrivateKey privateKey)
            throws GeneralSecurityException {
        var algorithm = SIGNATURES.get(privateKey.getAlgorithm());
        if (algorithm == null) {
            return true;
        }
        var signer = Signature.getInstance(algorithm);
        signer.initSign(privateKey);
        var verifier = Signature.getInstance(algorithm);
        verifier.initVerify(publicKey);
        return verifier.verify(signer.sign());
    }

    /// A store with this certificate alone, without a password.
    KeyStore keyStore() {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, new char[0]);
            store.setKeyEntry("client", key(), new char[0], chain());
            return store;
        } catch (GeneralSecurityException | java.io.IOException e) {
            throw new IllegalStateException(
                    "a certificate that could be read when it was saved", e);
        }
    }

    private Certificate[] chain() throws GeneralSecurityException {
        var in = new ByteArrayInputStream(certificate.getBytes(StandardCharsets.US_ASCII));
        return CertificateFactory.getInstance("X.509")
                .generateCertificates(in)
                .toArray(Certificate[]::new);
    }

    private PrivateKey key() throws GeneralSecurityException {
        Matcher pem = KEY.matcher(privateKey);
        if (!pem.find()) {
            throw new IllegalArgumentException("there is no private key");
        }
        var spec = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem.group(1)));
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(spec);
            } catch (InvalidKeySpecException e) {
                // It may be of the next kind.
            }
        }
        throw new IllegalArgumentException("the private key is none of RSA, EC, Ed25519");
    }

    @Override
    public String toString() {
        return "ClientCertificate[***]";
    }
}
