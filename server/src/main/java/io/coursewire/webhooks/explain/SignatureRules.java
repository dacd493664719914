package io.coursewire.webhooks.explain;

import io.coursewire.webhooks.SignatureKind;
import io.coursewire.webhooks.Subscription;
import io.coursewire.webhooks.SubscriptionSecrets.Signing;
import io.coursewire.webhooks.explain.SignatureCheck.Match;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Which key a received webhook is signed with. Pure.
final class SignatureRules {
    static final String ID = "webhook-id";
    static final String TIMESTAMP = "webhook-timestamp";
    static final String SIGNATURE = "webhook-signature";

    private SignatureRules() {}

    /// The first key of the endpoint that one of the signatures is of.
    static Optional<Match> match(Subscription endpoint, Received received, Instant now) {
        return endpoint.secrets().signing().stream()
                .flatMap(
                        signing ->
                                kind(signing, received)
                                        .or(() -> raw(endpoint, signing, received))
                                        .map(kind -> new Match(kind, key(signing, now)))
                                        .stream())
                .findFirst();
    }

    static Optional<String> clockFault(Received received, Duration tolerance, Instant now) {
        var header = received.header(TIMESTAMP);
        if (header.isEmpty()) {
            return Optional.empty();
        }
        Optional<Long> seconds = seconds(received);
        if (seconds.isEmpty()) {
            return Optional.of(
                    "webhook-timestamp is not a number of seconds: \"%s\"."
                            .formatted(header.get()));
        }
        long age = now.getEpochSecond() - seconds.get();
        return Math.abs(age) <= tolerance.toSeconds()
                ? Optional.empty()
                : Optional.of(
                        "webhook-timestamp is %d s %s: a receiver refuses what is more than %d s away."
                                .formatted(
                                        Math.abs(age),
                                        age > 0 ? "ago" : "ahead",
                                        tolerance.toSeconds()));
    }

    private static Optional<String> kind(Signing signing, Received received) {
        var id = received.header(ID);
        var seconds = seconds(received);
        if (id.isEmpty() || seconds.isEmpty()) {
            return Optional.empty();
        }
        List<String> signatures =
                Arrays.asList(received.header(SIGNATURE).orElse("").split("\\s+"));
        if (signatures.contains(signing.secret().sign(id.get(), seconds.get(), received.body()))) {
            return Optional.of(SignatureKind.V1);
        }
        var publicKey = signing.keys().publicKey();
        return signatures.stream()
                        .anyMatch(
                                s ->
                                        publicKey.verifies(
                                                s, id.get(), seconds.get(), received.body()))
                ? Optional.of(SignatureKind.V1A)
                : Optional.empty();
    }

    private static Optional<String> raw(Subscription endpoint, Signing signing, Received received) {
        return endpoint.settings()
                .rawSignatureHeader()
                .flatMap(received::header)
                .filter(signing.secret().signRaw(received.body())::equals)
                .map(_ -> "raw");
    }

    private static String key(Signing signing, Instant now) {
        return signing.until()
                .map(
                        until ->
                                now.isBefore(until)
                                        ? "the one before, which signs until " + until
                                        : "an old one, which signed until " + until)
                .orElse("the one in use");
    }

    private static Optional<Long> seconds(Received received) {
        return received.header(TIMESTAMP)
                .filter(text -> text.matches("\\d{1,12}"))
                .map(Long::valueOf);
    }
}
