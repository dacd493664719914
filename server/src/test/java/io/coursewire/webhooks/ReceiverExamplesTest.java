package io.coursewire.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.webhooks.sending.SigningKeyPair;
import io.coursewire.webhooks.sending.WebhookSecret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The examples of the guide for receivers verify what is sent, and nothing else.
class ReceiverExamplesTest {
    private static final Path GUIDES =
            Path.of("").toAbsolutePath().getParent().resolve("docs/guides");
    private static final String ID = "019ab4d2-0000-7000-8000-000000000001";
    private static final byte[] BODY =
            "{\"status\":\"passed\",\"title\":\"Übung 漢字\"}".getBytes(StandardCharsets.UTF_8);
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java") + " Verify.java";

    @TempDir private Path folder;

    private final WebhookSecret secret = WebhookSecret.next();
    private final long now = Instant.now().getEpochSecond();

    @ParameterizedTest
    @ValueSource(strings = {"node verify.js", "python3 verify.py", "java"})
    void an_example_verifies_what_is_signed_and_refuses_the_rest(String example) throws Exception {
        String command = example.equals("java") ? JAVA : example;
        String good = secret.sign(ID, now, BODY);
        String both = "v1,bm90aGluZw== " + good + " " + SigningKeyPair.next().sign(ID, now, BODY);
        assertThat(run(command, secret.text(), now, good, BODY)).isEqualTo("verified");
        assertThat(run(command, secret.text(), now, both, BODY)).isEqualTo("verified");
        byte[] changed = Arrays.copyOf(BODY, BODY.length - 1);
        assertThat(run(command, secret.text(), now, good, changed)).startsWith("refused");
        long old = now - 301;
        assertThat(run(command, secret.text(), old, secret.sign(ID, old, BODY), BODY))
                .startsWith("refused");
        assertThat(run(command, WebhookSecret.next().text(), now, good, BODY))
                .startsWith("refused");
    }

    @Test
    void the_example_for_public_keys_verifies_too() throws Exception {
        var pair = SigningKeyPair.next();
        String signature = pair.sign(ID, now, BODY);
        String key = pair.publicKey().text();
        assertThat(run("node verify.js", key, now, "v1,x " + signature, BODY))
                .isEqualTo("verified");
        assertThat(run("node verify.js", key, now + 1, signature, BODY)).startsWith("refused");
    }

    @Test
    void the_vector_of_the_guide_is_right() throws Exception {
        String guide = Files.readString(GUIDES.resolve("receive-a-webhook.md"));
        var vector = new WebhookSecret("whsec_AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=");
        String body =
                "{\"attemptId\":\"c657e081-37ca-4262-a17d-5a72f8960892\",\"status\":\"passed\",\"title\":\"Übung\"}";
        assertThat(guide).contains(vector.text(), ID, "1795521600", body);
        assertThat(guide)
                .contains(vector.sign(ID, 1_795_521_600, body.getBytes(StandardCharsets.UTF_8)));
    }

    private String run(String command, String key, long seconds, String signatures, byte[] body)
            throws Exception {
        Path in = Files.write(folder.resolve("body"), body);
        Path out = folder.resolve("out");
        List<String> words = new ArrayList<>(List.of(command.split(" ")));
        words.addAll(List.of(key, ID, Long.toString(seconds), signatures));
        try {
            new ProcessBuilder(words)
                    .directory(GUIDES.resolve("receivers").toFile())
                    .redirectInput(in.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            Assumptions.abort("cannot run " + command + " here: " + e.getMessage());
        }
        return Files.readString(out).strip();
    }
}
