package io.coursewire.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coursewire.kernel.InvalidInput;
import io.coursewire.kernel.JsonFields;
import io.coursewire.webhooks.Credentials;
import io.coursewire.webhooks.OAuth2;
import io.coursewire.webhooks.sending.Certificates;
import io.coursewire.webhooks.sending.ClientCertificate;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What was read can be written back: a mask keeps the value that it stands for.
class CredentialsBodyTest {
    private static final OAuth2 STORED =
            new OAuth2("https://id.example/token", "me", "hunter2", Optional.of("hooks"));
    private static final Credentials BEFORE =
            new Credentials(
                    Map.of("authorization", "Basic x", "x-a", "1"),
                    Optional.of(STORED),
                    Optional.empty());

    private static Credentials change(String body) {
        return change(BEFORE, body);
    }

    private static Credentials change(Credentials before, String body) {
        var fields = JsonFields.parse(body.getBytes(StandardCharsets.UTF_8));
        var change = new CredentialsBody(fields).read();
        fields.check();
        return change.apply(before);
    }

    @Test
    void masked_headers_keep_their_values_and_those_left_out_go() {
        assertThat(change("{\"headers\":{\"Authorization\":\"***\",\"x-b\":\"2\"}}").headers())
                .containsOnly(Map.entry("authorization", "Basic x"), Map.entry("x-b", "2"));
        assertThat(change("{}").headers()).isEqualTo(BEFORE.headers());
        assertThat(change("{\"headers\":null}").headers()).isEmpty();
    }

    @Test
    void a_masked_secret_is_kept_beside_what_changes() {
        var changed =
                change(
                        "{\"oauth2\":{\"tokenUrl\":\"https://id.example/token\",\"clientId\":\"you\",\"clientSecret\":\"***\"}}");
        assertThat(changed.oauth2())
                .contains(new OAuth2(STORED.tokenUrl(), "you", "hunter2", Optional.empty()));
    }

    @Test
    void a_masked_secret_does_not_follow_to_another_address() {
        assertThatThrownBy(
                        () ->
                                change(
                                        "{\"oauth2\":{\"tokenUrl\":\"https://other.example/token\",\"clientId\":\"you\",\"clientSecret\":\"***\"}}"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("none is stored for this");
    }

    @Test
    void a_masked_key_is_kept_beside_a_certificate_that_fits_it(@TempDir Path folder)
            throws Exception {
        var certificates = new Certificates(folder);
        certificates.make("us");
        certificates.make("them");
        var us = certificates.inPem("us");
        var before = new Credentials(Map.of(), Optional.empty(), Optional.of(us));
        var body = "{\"clientCertificate\":{\"certificate\":\"%s\",\"privateKey\":\"***\"}}";
        assertThat(change(before, body.formatted(inJson(us))).certificate()).contains(us);
        var theirs = body.formatted(inJson(certificates.inPem("them")));
        assertThatThrownBy(() -> change(before, theirs))
                .hasMessageContaining("belongs to another private key");
    }

    private static String inJson(ClientCertificate certificate) {
        return certificate.certificate().replace("\n", "\\n").replace("\r", "\\r");
    }

    @Test
    void a_mask_of_nothing_is_refused() {
        assertThatThrownBy(() -> change("{\"headers\":{\"x-c\":\"***\"}}"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("none is stored");
    }
}
