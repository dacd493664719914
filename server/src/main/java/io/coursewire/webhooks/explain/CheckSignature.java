package io.coursewire.webhooks.explain;

import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.Uuid;
import io.coursewire.webhooks.ComposeRequest;
import io.coursewire.webhooks.EndpointId;
import io.coursewire.webhooks.Subscription;
import io.coursewire.webhooks.Subscriptions;
import io.coursewire.webhooks.explain.SignatureCheck.Match;
import io.coursewire.webhooks.sending.VerifySignature;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;

/// Checks a webhook that someone received as the receiver should: which secret signed it, or what differs.
public final class CheckSignature {
    private static final List<String> REQUIRED =
            List.of(SignatureRules.ID, SignatureRules.TIMESTAMP, SignatureRules.SIGNATURE);

    private final Jdbi jdbi;
    private final Subscriptions subscriptions;
    private final ComposeRequest compose;
    private final ExplainEvent events;
    private final InstantSource clock;

    public CheckSignature(
            Jdbi jdbi,
            Subscriptions subscriptions,
            ComposeRequest compose,
            ExplainEvent events,
            InstantSource clock) {
        this.jdbi = jdbi;
        this.subscriptions = subscriptions;
        this.compose = compose;
        this.events = events;
        this.clock = clock;
    }

    /// Empty when the client has no such endpoint.
    public Optional<SignatureCheck> check(ClientId client, EndpointId id, Received received) {
        return subscriptions.find(client, id).map(endpoint -> check(endpoint, received));
    }

    private SignatureCheck check(Subscription endpoint, Received received) {
        Instant now = clock.instant();
        var findings = new ArrayList<String>();
        REQUIRED.stream()
                .filter(name -> received.header(name).isEmpty())
                .forEach(name -> findings.add("The header " + name + " is missing."));
        boolean complete = findings.isEmpty();
        SignatureRules.clockFault(received, VerifySignature.CLOCK_TOLERANCE, now)
                .ifPresent(findings::add);
        Optional<Match> match = SignatureRules.match(endpoint, received, now);
        if (match.isEmpty()) {
            var why =
                    Stream.of(
                                    whoElse(endpoint, received, now),
                                    mended(endpoint, received, now),
                                    difference(endpoint, received))
                            .flatMap(Optional::stream)
                            .toList();
            findings.addAll(why);
            if (why.isEmpty() && complete) {
                findings.add(
                        "No signature is of a secret of this client's webhooks over these bytes, this webhook-id and this webhook-timestamp.");
            }
        }
        return new SignatureCheck(match, findings);
    }

    private Optional<String> whoElse(Subscription endpoint, Received received, Instant now) {
        return subscriptions
                .list(endpoint.client(), Subscriptions.PER_CLIENT_MAX, Optional.empty())
                .items()
                .stream()
                .filter(other -> !other.id().equals(endpoint.id()))
                .filter(other -> SignatureRules.match(other, received, now).isPresent())
                .map(
                        other ->
                                "It is signed with a secret of another webhook, %s (%s)."
                                        .formatted(other.id(), other.settings().url()))
                .findFirst();
    }

    private static Optional<String> mended(Subscription endpoint, Received received, Instant now) {
        return BodyRules.mended(received.body()).entrySet().stream()
                .filter(
                        entry ->
                                SignatureRules.match(
                                                endpoint, received.withBody(entry.getValue()), now)
                                        .isPresent())
                .map(entry -> "The signature holds for the body " + entry.getKey() + ".")
                .findFirst();
    }

    private Optional<String> difference(Subscription endpoint, Received received) {
        return received.header(SignatureRules.ID)
                .flatMap(Uuid::parse)
                .flatMap(id -> jdbi.withHandle(db -> events.find(db, endpoint.client(), id)))
                .map(event -> compose.body(endpoint.settings().format(), event))
                .flatMap(sent -> BodyRules.difference(sent, received.body()));
    }
}
