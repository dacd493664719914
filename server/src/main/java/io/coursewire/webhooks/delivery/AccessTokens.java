package io.coursewire.webhooks.delivery;

import io.coursewire.kernel.Json;
import io.coursewire.webhooks.EndpointId;
import io.coursewire.webhooks.OAuth2;
import io.coursewire.webhooks.Subscription;
import io.coursewire.webhooks.sending.Answer;
import io.coursewire.webhooks.sending.SendWebhook;
import io.coursewire.webhooks.sending.WebhookRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Access tokens for endpoints that want one, each kept until shortly before it expires. Fetched by the same
/// client and through the same guard as webhooks.
final class AccessTokens {
    static final int TOKEN_CHARS_MAX = 8_000;

    private static final Duration EARLY = Duration.ofSeconds(30);
    private static final Duration LIFE_UNLESS_TOLD = Duration.ofMinutes(5);
    private static final Duration LIFE_MAX = Duration.ofHours(12);

    private final SendWebhook send;
    private final InstantSource clock;
    private final Map<EndpointId, Kept> tokens = new ConcurrentHashMap<>();

    private record Token(OAuth2 of, String text, Instant until) {}

    private static final class Kept {
        Token token;
        Outcome.Refused refusal;
        Instant refusedAt = Instant.EPOCH;

        boolean isGood(OAuth2 oauth2, Instant now) {
            return token != null && token.of().equals(oauth2) && now.isBefore(token.until());
        }
    }

    /// A token, or why there is none.
    sealed interface Outcome {
        record Granted(String token) implements Outcome {}

        record Refused(String why) implements Outcome {}
    }

    AccessTokens(SendWebhook send, InstantSource clock) {
        this.send = send;
        this.clock = clock;
    }

    /// Blocks while it is fetched, once for all who wait for it.
    Outcome token(Subscription subscription, OAuth2 oauth2) {
        var kept = tokens.computeIfAbsent(subscription.id(), _ -> new Kept());
        Instant asked = clock.instant();
        synchronized (kept) {
            if (kept.isGood(oauth2, clock.instant())) {
                return new Outcome.Granted(kept.token.text());
            }
            // A refusal that came while this one waited is its answer too.
            if (kept.refusal == null || kept.refusedAt.isBefore(asked)) {
                kept.refusal = null;
                Outcome outcome = fetch(subscription, oauth2, kept);
                if (outcome instanceof Outcome.Refused refused) {
                    kept.refusal = refused;
                    kept.refusedAt = clock.instant();
                }
                return outcome;
            }
            return kept.refusal;
        }
    }

    private Outcome fetch(Subscription subscription, OAuth2 oauth2, Kept kept) {
        return switch (send.send(request(subscription, oauth2), TOKEN_CHARS_MAX * 2)) {
            case Answer.None none -> new Outcome.Refused("no access token: " + none.message());
            case Answer.Status status when status.code() == 200 ->
                    read(status.body())
                            .map(json -> keep(kept, oauth2, json))
                            .orElseGet(
                                    () ->
                                            new Outcome.Refused(
                                                    "no access token: the token URL answered 200 without a usable access_token"));
            case Answer.Status status ->
                    new Outcome.Refused("no access token: the token URL answered " + status.code());
        };
    }

    /// The endpoint did not take it: the next one is new.
    void forget(EndpointId endpoint) {
        tokens.remove(endpoint);
    }

    private Outcome keep(Kept kept, OAuth2 oauth2, JsonNode json) {
        String text = json.get("access_token").stringValue();
        kept.token = new Token(oauth2, text, clock.instant().plus(life(json)).minus(EARLY));
        return new Outcome.Granted(text);
    }

    // Whatever number it is: a server of someone else's says it.
    private static Duration life(JsonNode json) {
        JsonNode told = json.path("expires_in");
        if (!told.isNumber()) {
            return LIFE_UNLESS_TOLD;
        }
        long seconds = told.asLong(LIFE_UNLESS_TOLD.toSeconds());
        return Duration.ofSeconds(Math.clamp(seconds, 0, LIFE_MAX.toSeconds()));
    }

    private static Optional<JsonNode> read(String body) {
        try {
            JsonNode json = Json.MAPPER.readTree(body);
            String token = json.path("access_token").asString("");
            boolean usable = token.matches("[!-~]+") && token.length() <= TOKEN_CHARS_MAX;
            return Optional.of(json).filter(_ -> usable);
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static WebhookRequest request(Subscription subscription, OAuth2 oauth2) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "client_credentials");
        oauth2.scope().ifPresent(scope -> form.put("scope", scope));
        String body =
                form.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + encoded(entry.getValue()))
                        .collect(Collectors.joining("&"));
        // RFC 6749, 2.3.1: both are form-encoded first.
        String pair = encoded(oauth2.clientId()) + ":" + encoded(oauth2.clientSecret());
        String basic = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.US_ASCII));
        return new WebhookRequest(
                oauth2.tokenUrl(),
                Map.of(
                        "content-type", "application/x-www-form-urlencoded",
                        "accept", "application/json",
                        "authorization", "Basic " + basic),
                body.getBytes(StandardCharsets.US_ASCII),
                new WebhookRequest.Pool(subscription.client(), subscription.id()),
                Optional.empty());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
