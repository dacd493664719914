package io.coursewire.bench.floor;

import java.net.URI;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/// Sends webhooks with the HTTP client that the product uses, and waits for none of them.
final class Sender {
    private static final int QUEUED_MAX = 100_000;
    private static final int THREADS_MAX = 16;

    private final HttpClient client;
    private final URI receiver;

    private Sender(HttpClient client, URI receiver) {
        this.client = client;
        this.receiver = receiver;
    }

    static Sender start(URI receiver, int inFlightMax) {
        var threads = new QueuedThreadPool(THREADS_MAX, 2);
        threads.setDaemon(true);
        var connector = new ClientConnector();
        connector.setSelectors(1);
        connector.setExecutor(threads);
        var client = new HttpClient(new HttpClientTransportOverHTTP(connector));
        client.setExecutor(threads);
        client.setMaxConnectionsPerDestination(inFlightMax);
        client.setMaxRequestsQueuedPerDestination(QUEUED_MAX);
        try {
            client.start();
        } catch (Exception e) {
            throw new IllegalStateException("the HTTP client did not start", e);
        }
        client.getProtocolHandlers().clear();
        return new Sender(client, receiver);
    }

    void send(byte[] webhook, String version) {
        client.POST(receiver)
                .headers(fields -> fields.put("coursewire-attempt-version", version))
                .body(new BytesRequestContent("application/json", webhook))
                .send(Sender::done);
    }

    private static void done(Result result) {
        if (result.isFailed()) {
            result.getFailure().printStackTrace();
        }
    }
}
