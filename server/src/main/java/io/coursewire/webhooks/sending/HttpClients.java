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
/// subscription deleted, is closed; so is what was used the longest ago when there are too many.
final class HttpClients implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpClients.class);

    // While more are in use at once there are more: one endpoint's requests never wait for
    // another's.
    static final int CERTIFIED_MAX = 64;

    private final OpenHttpClient open;
    private final Duration unusedKept;
    private final int certifiedMax;
    private final HttpClient plain;
    private final Map<ClientCertificate, Certified> certified = new HashMap<>();
    private boolean closed;

    HttpClients(OpenHttpClient open, Duration unusedKept) {
        this(open, unusedKept, CERTIFIED_MAX);
    }

    HttpClients(OpenHttpClient open, Duration unusedKept, int certifiedMax) {
        this.certifiedMax = certifiedMax;
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
    }

    private Certified begin(ClientCertificate certificate) {
        synchronized (certified) {
            Certified client = certified.get(certificate);
            if (client == null) {
                if (closed) {
                    throw new IllegalStateException("nothing is sent any more");
                }
                makeRoom();
                client = new Certified(open.open(Optional.of(certificate)));
                certified.put(certificate, client);
                lookAgain(certificate, client, unusedKept.toNanos());
            }
            client.uses++;
            return client;
        }
    }

    private void makeRoom() {
        if (certified.size() < certifiedMax) {
            return;
        }
        certified.entrySet().stream()
                .filter(one -> one.getValue().uses == 0)
                .min(
                        (one, other) ->
                                Long.signum(
                                        one.getValue().lastUseNanos
                                                - other.getValue().lastUseNanos))
                .ifPresent(
                        idle -> {
                            certified.remove(idle.getKey());
                            stopSoon(idle.getValue().http);
                        });
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
            if (closed || certified.get(certificate) != client) {
                return;
            }
            if (left > 0) {
                lookAgain(certificate, client, left);
                return;
            }
            certified.remove(certificate);
        }
        stopSoon(client.http);
    }

    // Stopping waits for threads, and those who ask for it have others waiting for them.
    private static void stopSoon(HttpClient client) {
        Thread.ofVirtual().name("webhook-http-close").start(() -> stop(client));
    }

    private static void stop(HttpClient client) {
        try {
            client.stop();
        } catch (Exception e) {
            LOG.warn("an HTTP client did not stop as it should", e);
        }
    }
}
