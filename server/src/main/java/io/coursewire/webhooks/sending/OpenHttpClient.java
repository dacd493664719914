package io.coursewire.webhooks.sending;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.SocketAddressResolver;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/// Opens HTTP clients that follow, decode and remember nothing, know no proxy, and connect to the very addresses
/// that the guard let through.
final class OpenHttpClient {
    static final String CERTIFIED_THREADS = "webhook-http-certified";

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration IDLE_CONNECTION_KEPT = Duration.ofSeconds(20);
    private static final int CONNECTIONS_PER_POOL_MAX = 256;
    private static final int QUEUED_PER_POOL_MAX = 1_024;
    private static final int ANSWER_HEADER_BYTES_MAX = 16 * 1024;
    private static final int THREADS_MAX = 16;

    private final AddressGuard guard;

    OpenHttpClient(AddressGuard guard) {
        this.guard = guard;
    }

    HttpClient open(Optional<ClientCertificate> certificate) {
        var threads = new QueuedThreadPool(THREADS_MAX, 2);
        threads.setName(certificate.isPresent() ? CERTIFIED_THREADS : "webhook-http");
        threads.setDaemon(true);
        var connector = new ClientConnector();
        connector.setSelectors(1);
        connector.setSslContextFactory(tls(certificate));
        connector.setExecutor(threads);
        connector.setConnectTimeout(CONNECT_TIMEOUT);
        connector.setIdleTimeout(IDLE_CONNECTION_KEPT);
        var http = new HttpClient(new HttpClientTransportOverHTTP(connector));
        http.setExecutor(threads);
        http.setSocketAddressResolver(new Guarded());
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

    private static SslContextFactory.Client tls(Optional<ClientCertificate> certificate) {
        var tls = new SslContextFactory.Client();
        certificate.ifPresent(
                shown -> {
                    tls.setKeyStore(shown.keyStore());
                    tls.setKeyStorePassword("");
                });
        return tls;
    }

    private final class Guarded implements SocketAddressResolver {
        @Override
        public void resolve(
                String host,
                int port,
                Map<String, Object> context,
                Promise<List<InetSocketAddress>> promise) {
            var destination = (Destination) context.get(Destination.CONTEXT_KEY);
            var pool = (WebhookRequest.Pool) destination.getOrigin().getTag();
            guard.lookups().run(pool, () -> answer(host, port, promise));
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
    }
}
