package io.coursewire.webhooks.sending;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.SocketAddressResolver;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/// Sends one request and waits for its answer, within the deadline whatever the other side does.
///
/// Nothing is followed, decoded, remembered or sent through a proxy, and connections go to the very
/// addresses that the guard let through.
public final class SendWebhook implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration IDLE_CONNECTION_KEPT = Duration.ofSeconds(20);
    private static final int CONNECTIONS_PER_POOL_MAX = 256;
    private static final int QUEUED_PER_POOL_MAX = 1_024;
    private static final int NAME_LOOKUPS_MAX = 32;
    private static final int ANSWER_HEADER_BYTES_MAX = 16 * 1024;
    private static final int THREADS_MAX = 16;

    private final Duration deadline;
    private final AddressGuard guard;
    private final HttpClient client;
    // A certificate belongs to a connection, so those who show one do not share any.
    private final Map<ClientCertificate, HttpClient> certified = new ConcurrentHashMap<>();
    // A slow name server blocks a platform thread here, never the few that carry virtual threads.
    private final ExecutorService lookups =
            Executors.newFixedThreadPool(
                    NAME_LOOKUPS_MAX,
                    Thread.ofPlatform().daemon().name("webhook-lookup-", 0).factory());

    public SendWebhook(AddressGuard guard, Duration deadline) {
        this.deadline = deadline;
        this.guard = guard;
        this.client = client(Optional.empty());
    }

    /// Blocks. Never throws for what the other side does.
    public Answer send(WebhookRequest request) {
        return send(request, Answer.BODY_BYTES_KEPT_MAX);
    }

    /// The same, with as much of the answer's body as the caller needs.
    public Answer send(WebhookRequest request, int bytesKeptMax) {
        var exchange = exchange(request, bytesKeptMax);
        // An idle connection may be closed by the other side at the moment it is used again; that
        // is no
        // failure of the endpoint, so it gets the request once more on another connection.
        return exchange.closedWhileIdle()
                ? exchange(request, bytesKeptMax).answer()
                : exchange.answer();
    }

    @Override
    public void close() {
        stop(client);
        certified.values().forEach(SendWebhook::stop);
        lookups.shutdownNow();
    }

    private Exchange exchange(WebhookRequest request, int bytesKeptMax) {
        var exchange = new Exchange(deadline, bytesKeptMax);
        try {
            Request prepared =
                    client(request)
                            .newRequest(request.url())
                            .method(HttpMethod.POST)
                            .tag(request.pool())
                            .timeout(deadline.toMillis(), TimeUnit.MILLISECONDS)
                            .headers(fields -> request.headers().forEach(fields::put))
                            .body(
                                    new BytesRequestContent(
                                            request.headers().get("content-type"), request.body()));
            prepared.onRequestBegin(exchange::begun).send(exchange);
        } catch (RuntimeException e) {
            exchange.failed(e);
        }
        exchange.await();
        return exchange;
    }

    private HttpClient client(WebhookRequest request) {
        return request.certificate()
                .map(shown -> certified.computeIfAbsent(shown, one -> client(Optional.of(one))))
                .orElse(client);
    }

    private static void stop(HttpClient client) {
        try {
            client.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the HTTP client did not stop", e);
        }
    }

    private static SslContextFactory.Client tls(Optional<ClientCertificate> certificate) {
        var tls = new SslContextFactory.Client();
        certificate.ifPresent(
                shown -> {
                    tls.setKeyStore(shown.keyStore());
                    tls.setKeyStorePassword("");
                });
        return tls;
    }

    private HttpClient client(Optional<ClientCertificate> certificate) {
        var threads = new QueuedThreadPool(THREADS_MAX, 2);
        threads.setName("webhook-http");
        threads.setDaemon(true);
        var connector = new ClientConnector();
        connector.setSelectors(1);
        connector.setSslContextFactory(tls(certificate));
        connector.setExecutor(threads);
        connector.setConnectTimeout(CONNECT_TIMEOUT);
        connector.setIdleTimeout(IDLE_CONNECTION_KEPT);
        var http = new HttpClient(new HttpClientTransportOverHTTP(connector));
        http.setExecutor(threads);
        http.setSocketAddressResolver(resolver(guard));
        http.setMaxConnectionsPerDestination(CONNECTIONS_PER_POOL_MAX);
        http.setMaxRequestsQueuedPerDestination(QUEUED_PER_POOL_MAX);
        http.setDestinationIdleTimeout(IDLE_CONNECTION_KEPT.multipliedBy(3).toMillis());
        http.setMaxResponseHeadersSize(ANSWER_HEADER_BYTES_MAX);
        http.setFollowRedirects(false);
        http.setHttpCookieStore(new HttpCookieStore.Empty());
        http.setUserAgentField(new HttpField("user-agent", "Coursewire"));
        try {
            http.start();
        } catch (Exception e) {
            throw new IllegalStateException("the HTTP client did not start", e);
        }
        http.getContentDecoderFactories().clear();
        http.getProtocolHandlers().clear();
        return http;
    }

    private SocketAddressResolver resolver(AddressGuard guard) {
        return new SocketAddressResolver() {
            @Override
            public void resolve(
                    String host,
                    int port,
                    Map<String, Object> context,
                    Promise<List<InetSocketAddress>> promise) {
                lookups.execute(() -> answer(host, port, promise));
            }

            private void answer(String host, int port, Promise<List<InetSocketAddress>> promise) {
                try {
                    promise.succeeded(
                            guard.resolve(host).stream()
                                    .map(a -> new InetSocketAddress(a, port))
                                    .toList());
                } catch (Exception e) {
                    promise.failed(e);
                }
            }
        };
    }
}
