package io.coursewire.webhooks.sending;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.ChildJvm;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server that lets in only those who show the right certificate.
@Tag("slow")
class ClientCertificateTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir private Path folder;

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
                                        "pool",
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
        Path server = keyPair("server");
        Path client = keyPair("client");
        writePem(client);
        try (var listening = listen(server, client)) {
            Thread.ofVirtual().start(() -> answer(listening));
            String url = "https://127.0.0.1:" + listening.getLocalPort() + "/";
            assertThat(said(server, url, folder.toString())).isEqualTo("answered 204");
            assertThat(said(server, url, folder.toString(), "nothing shown"))
                    .doesNotContain("answered");
        }
    }

    @Test
    void a_server_whose_certificate_nobody_vouches_for_is_told_nothing() throws Exception {
        Path server = keyPair("server");
        Path other = keyPair("other");
        try (var listening = listen(server, keyPair("client"))) {
            listening.setNeedClientAuth(false);
            Thread.ofVirtual().start(() -> answer(listening));
            String url = "https://127.0.0.1:" + listening.getLocalPort() + "/";
            assertThat(said(other, url, folder.toString(), "nothing shown")).contains("TLS failed");
            String wrongName = "https://localhost:" + listening.getLocalPort() + "/";
            assertThat(said(server, wrongName, folder.toString(), "nothing shown"))
                    .contains("TLS failed");
        }
    }

    @Test
    void what_cannot_be_used_is_told_when_it_is_saved() throws Exception {
        Path client = keyPair("client");
        writePem(client);
        String certificate = Files.readString(folder.resolve("cert.pem"));
        String key = Files.readString(folder.resolve("key.pem"));
        assertThat(new ClientCertificate(certificate, key).fault()).isEmpty();
        assertThat(new ClientCertificate("x", key).fault().orElseThrow()).contains("in PEM");
        assertThat(new ClientCertificate(certificate, "x").fault().orElseThrow())
                .contains("BEGIN PRIVATE KEY");
        assertThat(new ClientCertificate(certificate, key).toString()).doesNotContain("PRIVATE");
    }

    private String said(Path trusted, String... arguments) throws Exception {
        var trust =
                "-Djavax.net.ssl.trustStore=%s -Djavax.net.ssl.trustStorePassword=%s"
                        .formatted(trusted, new String(PASSWORD));
        try (var child =
                ChildJvm.start(
                        List.of(), Map.of("JAVA_TOOL_OPTIONS", trust), Child.class, arguments)) {
            return child.nextLine();
        }
    }

    private Path keyPair(String name) throws Exception {
        Path store = folder.resolve(name + ".p12");
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var process =
                new ProcessBuilder(
                                keytool,
                                "-genkeypair",
                                "-alias",
                                name,
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=" + name,
                                "-ext",
                                "SAN=ip:127.0.0.1",
                                "-storetype",
                                "PKCS12",
                                "-keystore",
                                store.toString(),
                                "-storepass",
                                new String(PASSWORD))
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("keytool.log").toFile())
                        .start();
        assertThat(process.waitFor()).as("keytool").isZero();
        return store;
    }

    private void writePem(Path store) throws Exception {
        KeyStore keys = load(store);
        Files.writeString(
                folder.resolve("cert.pem"),
                pem("CERTIFICATE", keys.getCertificate("client").getEncoded()));
        Files.writeString(
                folder.resolve("key.pem"),
                pem("PRIVATE KEY", keys.getKey("client", PASSWORD).getEncoded()));
    }

    private static String pem(String what, byte[] bytes) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(what, Base64.getMimeEncoder().encodeToString(bytes), what);
    }

    private static SSLServerSocket listen(Path server, Path client) throws Exception {
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(load(server), PASSWORD);
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("client", load(client).getCertificate("client"));
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        var listening = (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0);
        listening.setNeedClientAuth(true);
        return listening;
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

    private static KeyStore load(Path store) throws Exception {
        var keys = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        return keys;
    }
}
