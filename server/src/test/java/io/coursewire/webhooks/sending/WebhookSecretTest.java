package io.coursewire.webhooks.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.coursewire.webhooks.sending.VerifySignature.SignatureHeaders;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Checked against the independent library of Standard Webhooks.
class WebhookSecretTest {
    private static final String ID = "019ab4d2-0000-7000-8000-000000000001";
    private static final byte[] BODY = "{\"title\":\"Übung 漢字\"}".getBytes(StandardCharsets.UTF_8);

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
