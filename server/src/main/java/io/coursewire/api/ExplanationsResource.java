package io.coursewire.api;

import static io.helidon.http.Method.GET;
import static io.helidon.http.Method.POST;

import io.coursewire.kernel.Uuid;
import io.coursewire.webhooks.DeliveryState;
import io.coursewire.webhooks.EndpointId;
import io.coursewire.webhooks.explain.CheckSignature;
import io.coursewire.webhooks.explain.ExplainEvent;
import io.coursewire.webhooks.explain.Explained;
import io.coursewire.webhooks.explain.Received;
import io.coursewire.webhooks.explain.SignatureCheck;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/// Why an event was or was not sent to each webhook, and why a received one does or does not verify.
public final class ExplanationsResource implements Resource {
    static final int BODY_CHARS_MAX = 5 * 1024 * 1024;
    private static final int REQUEST_BYTES_MAX = 8 * 1024 * 1024;
    private static final int HEADERS_MAX = 100;
    private static final int HEADER_CHARS_MAX = 8_000;

    private final ExplainEvent explainEvent;
    private final CheckSignature checkSignature;

    public ExplanationsResource(ExplainEvent explainEvent, CheckSignature checkSignature) {
        this.explainEvent = explainEvent;
        this.checkSignature = checkSignature;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.ofClient(GET, "/events/{id}/explanation", this::explain),
                Route.ofClient(POST, "/webhooks/{id}/signature-checks", this::check));
    }

    private Answer explain(Call call) {
        return explainEvent
                .explain(call.client(), call.id("id", Uuid::parse))
                .map(explained -> Answer.ok(view(explained)))
                .orElseGet(Call::nothingHere);
    }

    private Answer check(Call call) {
        var body = call.json(REQUEST_BYTES_MAX);
        var headers = body.verbatimMap("headers", HEADERS_MAX, HEADER_CHARS_MAX);
        var text = body.required("body", body.optionalVerbatim("body", BODY_CHARS_MAX)).orElse("");
        body.check();
        var received = new Received(headers, text.getBytes(StandardCharsets.UTF_8));
        return checkSignature
                .check(call.client(), call.id("id", EndpointId::parse), received)
                .map(checked -> Answer.ok(view(checked)))
                .orElseGet(Call::nothingHere);
    }

    private static ObjectNode view(SignatureCheck checked) {
        var view = View.object().put("valid", checked.match().isPresent());
        view.put("kind", checked.match().map(SignatureCheck.Match::kind).orElse(null));
        view.put("key", checked.match().map(SignatureCheck.Match::key).orElse(null));
        var findings = view.putArray("findings");
        checked.findings().forEach(findings::add);
        return view;
    }

    private static ObjectNode view(Explained explained) {
        var event = explained.event();
        var view =
                View.object()
                        .put("messageId", event.id().toString())
                        .put("event", event.type())
                        .put("attemptId", event.attempt().map(UUID::toString).orElse(null))
                        .put("time", event.at().toString())
                        .put("fannedOut", explained.fannedOut());
        var webhooks = view.putArray("webhooks");
        explained.endpoints().forEach(endpoint -> webhooks.add(view(endpoint)));
        return view;
    }

    private static ObjectNode view(Explained.AtEndpoint at) {
        return View.object()
                .put("webhookId", at.endpoint().toString())
                .put("url", at.url())
                .put("state", at.state().map(DeliveryState::word).orElse(null))
                .put("reason", at.because().reason().word())
                .put("detail", at.because().detail())
                .put("nextTryAt", at.nextTryAt().map(Instant::toString).orElse(null));
    }
}
