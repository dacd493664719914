package io.coursewire.webhooks.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.coursewire.webhooks.sending.VerifySignature.SignatureHeaders;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Checked against the independent library of Standard Webhooks.
class WebhookSecretTest {
    private static final String ID = "019ab4d2-0000-7000-8000-000000000001";
    private static final byte[] BODY = "{\"title\":\"Übung 漢字\"}".getBytes(StandardCharsets.UTF_8);

    @TempDir private Path folder;

    private final WebhookSecret secret = WebhookSecret.next();
    private final long now = Instant.now().getEpochSecond();

    @Test
    void an_independent_library_verifies_the_signature() throws Exception {
        var webhook = new Webhook(secret.text());
        assertThatCode(
                        () ->
                                webhook.verify(
                                        new String(BODY, StandardCharsets.UTF_8),
                                        headers(secret.sign(ID, now, BODY))))
                .doesNotThrowAnyException();
        assertThatThrownBy(
                        () ->
                                webhook.verify(
                                        "{\"title\":\"other\"}",
                                        headers(secret.sign(ID, now, BODY))))
                .isInstanceOf(WebhookVerificationException.class);
    }

    @Test
    void openssl_verifies_what_a_key_pair_signs() throws Exception {
        var pair = SigningKeyPair.of(SigningKeyPair.next().text());
        String signature = pair.sign(ID, now, BODY);
        assertThat(pair.publicKey().verifies(signature, ID, now, BODY)).isTrue();
        assertThat(pair.publicKey().verifies(signature, ID, now + 1, BODY)).isFalse();
        assertThat(SigningKeyPair.next().publicKey().verifies(signature, ID, now, BODY)).isFalse();
        assertThat(pair.publicKey().verifies("v1a,%%%", ID, now, BODY)).isFalse();
        assertThat(pair.toString()).isEqualTo("whsk_***");
        assertThat(opensslVerifies(pair.publicKey(), signature)).isTrue();
        assertThat(opensslVerifies(SigningKeyPair.next().publicKey(), signature)).isFalse();
    }

    private boolean opensslVerifies(WebhookPublicKey key, String signature) throws Exception {
        Files.writeString(
                folder.resolve("key.pem"),
                "-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----\n"
                        .formatted(
                                Base64.getEncoder()
                                        .encodeToString(
                                                join(
                                                        HexFormat.of()
                                                                .parseHex(
                                                                        "302a300506032b6570032100"),
                                                        Base64.getDecoder()
                                                                .decode(
                                                                        key.text()
                                                                                .substring(5))))));
        Files.write(
                folder.resolve("signed"),
                join((ID + "." + now + ".").getBytes(StandardCharsets.UTF_8), BODY));
        Files.write(
                folder.resolve("signature"), Base64.getDecoder().decode(signature.substring(4)));
        var openssl =
                "openssl pkeyutl -verify -pubin -inkey key.pem -rawin -in signed -sigfile signature";
        try {
            var process =
                    new ProcessBuilder(openssl.split(" "))
                            .directory(folder.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(folder.resolve("out").toFile())
                            .start();
            return process.waitFor() == 0;
        } catch (IOException e) {
            Assumptions.abort("there is no openssl to check against: " + e.getMessage());
            return false;
        }
    }

    private static byte[] join(byte[] head, byte[] tail) {
        byte[] both = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, both, head.length, tail.length);
        return both;
    }

    @Test
    void what_an_independent_library_signs_verifies_here() throws Exception {
        String signature =
                new Webhook(secret.text()).sign(ID, now, new String(BODY, StandardCharsets.UTF_8));
        var verify = new VerifySignature(secret);
        assertThat(fault(verify, signature, BODY, now)).isNull();
        assertThat(fault(verify, "v1,abc v1a,def " + signature, BODY, now)).isNull();
    }

    @Test
    void other_bytes_another_secret_and_another_time_do_not_verify() {
        var verify = new VerifySignature(secret);
        String signature = secret.sign(ID, now, BODY);
        assertThat(fault(verify, signature, new byte[] {1}, now)).contains("no signature");
        assertThat(fault(new VerifySignature(WebhookSecret.next()), signature, BODY, now))
                .contains("no signature");
        assertThat(fault(verify, secret.sign(ID, now - 301, BODY), BODY, now - 301))
                .contains("301 s away");
        assertThat(
                        verify.fault(
                                        new SignatureHeaders(ID, "soon", signature),
                                        BODY,
                                        Instant.now())
                                .orElseThrow())
                .contains("not a number");
    }

    @Test
    void a_new_secret_has_the_standards_form_and_hides_itself() {
        assertThat(secret.text()).matches("whsec_[A-Za-z0-9+/]{43}=");
        assertThat(secret.toString()).isEqualTo("whsec_***");
        assertThat(WebhookSecret.parse(secret.text())).contains(secret);
        assertThat(WebhookSecret.parse("whsec_" + Base64.getEncoder().encodeToString(new byte[23])))
                .isEmpty();
        assertThat(WebhookSecret.parse("whsec_" + Base64.getEncoder().encodeToString(new byte[65])))
                .isEmpty();
        assertThat(WebhookSecret.parse("secret")).isEmpty();
        assertThat(WebhookSecret.parse("whsec_%%%")).isEmpty();
    }

    // echo -n '{"a":1}' | openssl dgst -sha256 -hmac 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
    // -binary | base64
    @Test
    void the_raw_signature_is_keyed_with_the_text_as_shown() {
        var shown = new WebhookSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        assertThat(shown.signRaw("{\"a\":1}".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("RewDsrM0A8gEOpDeBr7a0IJxg5JxFf1+RI75fusTxb4=");
    }

    private String fault(VerifySignature verify, String signature, byte[] body, long timestamp) {
        var headers = new SignatureHeaders(ID, Long.toString(timestamp), signature);
        return verify.fault(headers, body, Instant.ofEpochSecond(now)).orElse(null);
    }

    private HttpHeaders headers(String signature) {
        return HttpHeaders.of(
                Map.of(
                        "webhook-id", List.of(ID),
                        "webhook-timestamp", List.of(Long.toString(now)),
                        "webhook-signature", List.of(signature)),
                (_, _) -> true);
    }
}
