package io.coursewire.webhooks.sending;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// Key pairs with certificates, made by the JDK's own tool, each under a name in one store.
public final class Certificates {
    public static final String PASSWORD = "changeit";

    private final Path store;

    public Certificates(Path folder) {
        store = folder.resolve("keys.p12");
    }

    /// Vouches for itself and others.
    public void makeAuthority(String name) throws Exception {
        make(name, "-ext", "bc:c");
    }

    /// @param more what the tool is told besides, such as `-signer`, `-ext`, `-startdate`
    public void make(String name, String... more) throws Exception {
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var command = new ArrayList<>(List.of(keytool, "-genkeypair", "-alias", name));
        command.addAll(List.of("-keyalg", "EC", "-dname", "CN=" + name, "-storetype", "PKCS12"));
        command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
        command.addAll(Arrays.asList(more));
        Path log = store.resolveSibling("keytool.log");
        var process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        assertThat(process.waitFor()).as(() -> read(log)).isZero();
    }

    /// As a subscriber saves it.
    public ClientCertificate inPem(String name) throws Exception {
        KeyStore keys = load();
        return new ClientCertificate(
                pem("CERTIFICATE", keys.getCertificate(name).getEncoded()),
                pem("PRIVATE KEY", keys.getKey(name, PASSWORD.toCharArray()).getEncoded()));
    }

    /// A store in which one of them is trusted, for `javax.net.ssl.trustStore`.
    public Path trusting(String name) throws Exception {
        Path file = store.resolveSibling("trusting-" + name + ".p12");
        try (var out = Files.newOutputStream(file)) {
            trusted(name).store(out, PASSWORD.toCharArray());
        }
        return file;
    }

    /// For a server that has the certificate of this name.
    public SSLContext server(String name) throws Exception {
        return context(name, null);
    }

    /// For a server that knows those who show the certificate `known`.
    public SSLContext server(String name, String known) throws Exception {
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted(known));
        return context(name, trust);
    }

    private SSLContext context(String name, TrustManagerFactory trust) throws Exception {
        char[] password = PASSWORD.toCharArray();
        KeyStore all = load();
        KeyStore one = empty();
        one.setKeyEntry(name, all.getKey(name, password), password, all.getCertificateChain(name));
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(one, password);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust == null ? null : trust.getTrustManagers(), null);
        return context;
    }

    private KeyStore trusted(String name) throws Exception {
        KeyStore trusted = empty();
        trusted.setCertificateEntry(name, load().getCertificate(name));
        return trusted;
    }

    private KeyStore load() throws GeneralSecurityException, IOException {
        return KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static String pem(String what, byte[] bytes) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(what, Base64.getMimeEncoder().encodeToString(bytes), what);
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
