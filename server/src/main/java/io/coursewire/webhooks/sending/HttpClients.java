package io.coursewire.webhooks.sending;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.jetty.client.HttpClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One HTTP client for all who show no certificate, and one for each certificate: it belongs to a connection, so
/// those who show one do not share any. What nobody has used for a while, as its certificate was replaced or its
/// subscription deleted, is closed.
final class HttpClients implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpClients.class);

    private final OpenHttpClient open;
    private final Duration unusedKept;
    private final HttpClient plain;
    private final Map<ClientCertificate, Certified> certified = new HashMap<>();
    private boolean closed;

    HttpClients(OpenHttpClient open, Duration unusedKept) {
        this.open = open;
        this.unusedKept = unusedKept;
        this.plain = open.open(Optional.empty());
    }

    /// Guarded by the map of all.
    private static final class Certified {
        final HttpClient http;
        int uses;
        long lastUseNanos;

        Certified(HttpClient http) {
            this.http = http;
        }
    }

    /// The client stays open until `use` returns.
    void use(Optional<ClientCertificate> certificate, Consumer<HttpClient> use) {
        if (certificate.isEmpty()) {
            use.accept(plain);
            return;
        }
        Certified client = begin(certificate.get());
        try {
            use.accept(client.http);
        } finally {
            end(client);
        }
    }

    int certified() {
        synchronized (certified) {
            return certified.size();
        }
    }

    @Override
    public void close() {
        List<Certified> rest;
        synchronized (certified) {
            closed = true;
            rest = List.copyOf(certified.values());
            certified.clear();
        }
        rest.forEach(one -> stop(one.http));
        stop(plain);
        open.close();
    }

    private Certified begin(ClientCertificate certificate) {
        synchronized (certified) {
            Certified client = certified.get(certificate);
            if (client == null) {
                if (closed) {
                    throw new IllegalStateException("nothing is sent any more");
                }
                client = new Certified(open.open(Optional.of(certificate)));
                certified.put(certificate, client);
                lookAgain(certificate, client, unusedKept.toNanos());
            }
            client.uses++;
            return client;
        }
    }

    private void end(Certified client) {
        synchronized (certified) {
            client.uses--;
            client.lastUseNanos = System.nanoTime();
        }
    }

    private void lookAgain(ClientCertificate certificate, Certified client, long nanos) {
        plain.getScheduler()
                .schedule(() -> closeUnused(certificate, client), nanos, TimeUnit.NANOSECONDS);
    }

    private void closeUnused(ClientCertificate certificate, Certified client) {
        synchronized (certified) {
            long left =
                    client.uses > 0
                            ? unusedKept.toNanos()
                            : client.lastUseNanos + unusedKept.toNanos() - System.nanoTime();
            if (closed) {
                return;
            }
            if (left > 0) {
                lookAgain(certificate, client, left);
                return;
            }
            certified.remove(certificate);
        }
        // Stopping waits for threads, and this one is the clock of all requests.
        Thread.ofVirtual().name("webhook-http-close").start(() -> stop(client.http));
    }

    private static void stop(HttpClient client) {
        try {
            client.stop();
        } catch (Exception e) {
            LOG.warn("an HTTP client did not stop as it should", e);
        }
    }
}
