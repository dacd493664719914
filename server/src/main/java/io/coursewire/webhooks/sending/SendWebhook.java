package io.coursewire.webhooks.sending;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.http.HttpMethod;

/// Sends one request and waits for its answer, within the deadline whatever the other side does.
///
/// Nothing is followed, decoded, remembered or sent through a proxy, and connections go to the very
/// addresses that the guard let through.
public final class SendWebhook implements AutoCloseable {
    private static final Duration UNUSED_CLIENT_KEPT = Duration.ofMinutes(2);

    private final Duration deadline;
    private final HttpClients clients;

    public SendWebhook(AddressGuard guard, Duration deadline) {
        this(guard, deadline, UNUSED_CLIENT_KEPT);
    }

    /// @param unusedClientKept how long what belongs to a client certificate is kept after its last request
    SendWebhook(AddressGuard guard, Duration deadline, Duration unusedClientKept) {
        this.deadline = deadline;
        this.clients = new HttpClients(new OpenHttpClient(guard), unusedClientKept);
    }

    /// Blocks. Never throws for what the other side does.
    public Answer send(WebhookRequest request) {
        return send(request, Answer.BODY_BYTES_KEPT_MAX);
    }

    /// The same, with as much of the answer's body as the caller needs.
    public Answer send(WebhookRequest request, int bytesKeptMax) {
        var exchange = exchange(request, bytesKeptMax);
        // The other side may close an idle connection just when it is used again. That is no
        // failure of the endpoint, so it gets the request once more on another connection.
        return exchange.closedWhileIdle()
                ? exchange(request, bytesKeptMax).answer()
                : exchange.answer();
    }

    @Override
    public void close() {
        clients.close();
    }

    /// How many client certificates connections are kept for.
    int certificatesInUse() {
        return clients.certified();
    }

    private Exchange exchange(WebhookRequest request, int bytesKeptMax) {
        var exchange = new Exchange(deadline, bytesKeptMax);
        try {
            clients.use(request.certificate(), client -> exchange(client, request, exchange));
        } catch (RuntimeException e) {
            exchange.failed(e);
        }
        return exchange;
    }

    private void exchange(HttpClient client, WebhookRequest request, Exchange exchange) {
        Request prepared =
                client.newRequest(request.url())
                        .method(HttpMethod.POST)
                        .tag(request.pool())
                        .timeout(deadline.toMillis(), TimeUnit.MILLISECONDS)
                        .headers(fields -> request.headers().forEach(fields::put))
                        .body(
                                new BytesRequestContent(
                                        request.headers().get("content-type"), request.body()));
        prepared.onRequestBegin(exchange::begun).send(exchange);
        exchange.await();
    }
}
