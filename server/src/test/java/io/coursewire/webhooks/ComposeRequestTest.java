package io.coursewire.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.kernel.ActivityId;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.Json;
import io.coursewire.kernel.UserId;
import io.coursewire.kernel.Uuid;
import io.coursewire.webhooks.sending.WebhookRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComposeRequestTest {
    private static final String PAYLOAD = "{\"scoreRaw\":2.0000,\"title\":\"Übung\"}";
    private static final ClientId CLIENT = new ClientId("company");
    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

    private final OutboxEvent event =
            new OutboxEvent(
                    Uuid.next(),
                    EventType.COMPLETED,
                    new OrderingKey(CLIENT, UserId.next(), ActivityId.next()),
                    Optional.of(Uuid.next()),
                    7,
                    Map.of("status", "passed", "itemId", "i1"),
                    PAYLOAD.getBytes(StandardCharsets.UTF_8),
                    NOW.minusSeconds(1));

    @Test
    void the_bare_object_goes_out_byte_for_byte_with_cloudevents_in_the_headers() {
        var request = compose(Format.ATTEMPT_STATUS);
        assertThat(text(request)).isEqualTo(PAYLOAD);
        assertThat(request.headers())
                .containsEntry("content-type", "application/json; charset=utf-8")
                .containsEntry("coursewire-event", "attempt.completed")
                .containsEntry("coursewire-attempt-version", "7")
                .containsEntry("ce-id", event.id().toString())
                .containsEntry("ce-source", "https://lms.example/api/v1/clients/company")
                .containsEntry("ce-specversion", "1.0")
                .containsEntry("ce-type", "attempt.completed")
                .containsEntry("ce-time", "2026-11-24T09:59:59Z")
                .containsEntry("ce-subject", "attempts/" + event.attempt().orElseThrow())
                .containsEntry("x-team", "learning");
    }

    @Test
    void the_standard_form_holds_the_object_unchanged() {
        var request = compose(Format.STANDARD);
        assertThat(text(request))
                .isEqualTo(
                        "{\"timestamp\":\"2026-11-24T09:59:59Z\",\"type\":\"attempt.completed\",\"data\":"
                                + PAYLOAD
                                + "}");
    }

    @Test
    void a_cloudevent_holds_everything_and_needs_no_headers() {
        var request = compose(Format.CLOUDEVENTS);
        var body = Json.MAPPER.readTree(request.body());
        assertThat(text(request)).endsWith("\"data\":" + PAYLOAD + "}");
        assertThat(body.get("specversion").asString()).isEqualTo("1.0");
        assertThat(body.get("id").asString()).isEqualTo(event.id().toString());
        assertThat(request.headers())
                .containsEntry("content-type", "application/cloudevents+json; charset=utf-8");
        assertThat(request.headers().keySet()).noneMatch(name -> name.startsWith("ce-"));
    }

    @ParameterizedTest
    @CsvSource({
        "status,passed,true",
        "status,failed,false",
        "itemId,i1,true",
        "itemId,i2,false",
        "dataSource,offline,true"
    })
    void a_filter_holds_back_what_has_another_value_and_not_what_has_none(
            String attribute, String value, boolean wanted) {
        var filter = new Filter(Map.of(attribute, List.of("other", value)));
        assertThat(filter.accepts(event.attributes())).isEqualTo(wanted);
    }

    private WebhookRequest compose(Format format) {
        var settings =
                new SubscriptionSettings(
                        "https://receiver.example/",
                        Optional.empty(),
                        Set.of(EventType.EVERY),
                        format,
                        Filter.NONE,
                        Set.of(SignatureKind.V1),
                        Optional.empty(),
                        Optional.empty());
        var subscription =
                new Subscription(
                        CLIENT,
                        EndpointId.next(),
                        settings,
                        SubscriptionSecrets.first(
                                new Credentials(
                                        Map.of("x-team", "learning"),
                                        Optional.empty(),
                                        Optional.empty())),
                        EndpointHealth.GOOD,
                        NOW,
                        NOW);
        return new ComposeRequest(() -> "https://lms.example").compose(subscription, event, NOW);
    }

    private static String text(WebhookRequest request) {
        return new String(request.body(), StandardCharsets.UTF_8);
    }
}
