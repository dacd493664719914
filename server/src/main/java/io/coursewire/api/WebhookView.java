package io.coursewire.api;

import io.coursewire.webhooks.Credentials;
import io.coursewire.webhooks.EndpointHealth;
import io.coursewire.webhooks.SignatureKind;
import io.coursewire.webhooks.Subscription;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// A subscription as its client sees it; header values are masked, secrets left out.
final class WebhookView {
    /// Stands for a value that is not shown.
    static final String MASK = "***";

    private static final Map<String, String> FILTER_NAMES =
            Map.of(
                    "activityId", "activityIds",
                    "itemId", "itemIds",
                    "status", "statuses",
                    "dataSource", "dataSources");

    private WebhookView() {}

    static ObjectNode of(Subscription subscription) {
        var settings = subscription.settings();
        var view =
                View.object()
                        .put("id", subscription.id().toString())
                        .put("url", settings.url())
                        .put("description", settings.description().orElse(null));
        addHealth(view, subscription);
        var events = view.putArray("events");
        settings.events().stream().sorted().forEach(events::add);
        view.put("format", settings.format().word());
        var credentials = subscription.secrets().credentials();
        var headers = view.putObject("headers");
        credentials.headers().keySet().stream().sorted().forEach(name -> headers.put(name, MASK));
        var signatures = view.putArray("signatures");
        settings.signatures().stream().sorted().forEach(signatures::add);
        view.put(
                "publicKey",
                settings.signatures().contains(SignatureKind.V1A)
                                && subscription.standsStill().isEmpty()
                        ? subscription.secrets().publicKey().text()
                        : null);
        settings.rawSignatureHeader()
                .ifPresentOrElse(
                        name -> view.putObject("rawSignature").put("header", name),
                        () -> view.putNull("rawSignature"));
        addCredentials(view, credentials);
        view.put("maxRequestsPerSecond", settings.maxRequestsPerSecond().orElse(null));
        var filter = view.putObject("filter");
        settings.filter()
                .wanted()
                .forEach(
                        (attribute, values) ->
                                values.forEach(filter.withArray(FILTER_NAMES.get(attribute))::add));
        return view.put("createdAt", subscription.createdAt().toString())
                .put("updatedAt", subscription.updatedAt().toString());
    }

    private static void addCredentials(ObjectNode view, Credentials credentials) {
        credentials
                .oauth2()
                .ifPresentOrElse(
                        oauth2 ->
                                view.putObject("oauth2")
                                        .put("tokenUrl", oauth2.tokenUrl())
                                        .put("clientId", oauth2.clientId())
                                        .put("clientSecret", MASK)
                                        .put("scope", oauth2.scope().orElse(null)),
                        () -> view.putNull("oauth2"));
        credentials
                .certificate()
                .ifPresentOrElse(
                        shown ->
                                view.putObject("clientCertificate")
                                        .put("certificate", shown.certificate())
                                        .put("privateKey", MASK),
                        () -> view.putNull("clientCertificate"));
    }

    private static void addHealth(ObjectNode view, Subscription subscription) {
        EndpointHealth health = subscription.health();
        var standsStill = subscription.standsStill();
        view.put("enabled", health.enabled() && standsStill.isEmpty())
                .put("disabledReason", health.disabledReason().or(() -> standsStill).orElse(null))
                .put("disabledAt", text(health.disabledAt()))
                .put("failingSince", text(health.failingSince()))
                .put("pausedUntil", text(health.pausedUntil()));
    }

    private static String text(Optional<Instant> instant) {
        return instant.map(Instant::toString).orElse(null);
    }
}
