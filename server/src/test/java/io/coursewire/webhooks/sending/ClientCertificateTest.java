package io.coursewire.webhooks.sending;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.ChildJvm;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server that lets in only those who show the right certificate.
@Tag("slow")
class ClientCertificateTest {
    @TempDir private Path folder;
    private Certificates certificates;

    @BeforeEach
    void begin() {
        certificates = new Certificates(folder);
    }

    /// Sends one webhook, with the certificate in a folder if there is one; trusts what its JVM is told to.
    static final class Child {
        public static void main(String[] arguments) throws Exception {
            Path certificate = Path.of(arguments[1]);
            var shown =
                    arguments.length == 2
                            ? Optional.of(
                                    new ClientCertificate(
                                            Files.readString(certificate.resolve("cert.pem")),
                                            Files.readString(certificate.resolve("key.pem"))))
                            : Optional.<ClientCertificate>empty();
            var guard =
                    new AddressGuard(
                            List.of(AddressBlock.parse("127.0.0.1/32", "")), Names.system());
            try (var send = new SendWebhook(guard, Duration.ofSeconds(20))) {
                var answer =
                        send.send(
                                new WebhookRequest(
                                        arguments[0],
                                        Map.of("content-type", "application/json"),
                                        new byte[] {'{', '}'},
                                        new WebhookRequest.Pool("client", "endpoint"),
                                        shown));
                System.out.println(
                        answer instanceof Answer.Status status
                                ? "answered " + status.code()
                                : ((Answer.None) answer).message());
            }
        }
    }

    @Test
    void the_certificate_is_shown_to_a_server_that_asks_for_it() throws Exception {
        certificates.make("server", "-ext", "SAN=ip:127.0.0.1");
        certificates.make("client");
        writePem();
        try (var listening = listen()) {
            listening.setNeedClientAuth(true);
            Thread.ofVirtual().start(() -> answer(listening));
            String url = "https://127.0.0.1:" + listening.getLocalPort() + "/";
            assertThat(said("server", url, folder.toString())).isEqualTo("answered 204");
            assertThat(said("server", url, folder.toString(), "nothing shown"))
                    .doesNotContain("answered");
        }
    }

    @Test
    void a_server_whose_certificate_nobody_vouches_for_is_told_nothing() throws Exception {
        certificates.make("server", "-ext", "SAN=ip:127.0.0.1");
        certificates.make("client");
        try (var listening = listen()) {
            Thread.ofVirtual().start(() -> answer(listening));
            String url = "https://127.0.0.1:" + listening.getLocalPort() + "/";
            assertThat(said("client", url, folder.toString(), "nothing shown"))
                    .contains("TLS failed");
            String wrongName = "https://localhost:" + listening.getLocalPort() + "/";
            assertThat(said("server", wrongName, folder.toString(), "nothing shown"))
                    .contains("TLS failed");
        }
    }

    @Test
    void what_cannot_be_used_is_told_when_it_is_saved() throws Exception {
        certificates.make("client");
        var good = certificates.inPem("client");
        assertThat(good.fault()).isEmpty();
        assertThat(new ClientCertificate("x", good.privateKey()).fault().orElseThrow())
                .contains("in PEM");
        assertThat(new ClientCertificate(good.certificate(), "x").fault().orElseThrow())
                .contains("BEGIN PRIVATE KEY");
        certificates.make("other");
        var other = certificates.inPem("other");
        assertThat(new ClientCertificate(good.certificate(), other.privateKey()).fault())
                .hasValueSatisfying(fault -> assertThat(fault).contains("another private key"));
        assertThat(good.toString()).doesNotContain("PRIVATE");
    }

    private String said(String trusted, String... arguments) throws Exception {
        var trust =
                "-Djavax.net.ssl.trustStore=%s -Djavax.net.ssl.trustStorePassword=%s"
                        .formatted(certificates.trusting(trusted), Certificates.PASSWORD);
        try (var child =
                ChildJvm.start(
                        List.of(), Map.of("JAVA_TOOL_OPTIONS", trust), Child.class, arguments)) {
            return child.nextLine();
        }
    }

    private void writePem() throws Exception {
        var client = certificates.inPem("client");
        Files.writeString(folder.resolve("cert.pem"), client.certificate());
        Files.writeString(folder.resolve("key.pem"), client.privateKey());
    }

    private SSLServerSocket listen() throws Exception {
        var sockets = certificates.server("server", "client").getServerSocketFactory();
        return (SSLServerSocket) sockets.createServerSocket(0);
    }

    private static void answer(SSLServerSocket listening) {
        while (!listening.isClosed()) {
            try (var connection = (SSLSocket) listening.accept()) {
                InputStream in = connection.getInputStream();
                if (in.read(new byte[8_192]) > 0) {
                    connection
                            .getOutputStream()
                            .write(
                                    "HTTP/1.1 204 X\r\nconnection: close\r\n\r\n"
                                            .getBytes(StandardCharsets.US_ASCII));
                }
            } catch (java.io.IOException e) {
                // Whoever shows nothing is turned away; the next one may show it.
            }
        }
    }
}
