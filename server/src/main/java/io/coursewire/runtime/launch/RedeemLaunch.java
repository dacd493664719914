package io.coursewire.runtime.launch;

import java.time.Clock;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/// Turns a launch link into the address where the course is taken. A link is good for one time, and for the same
/// browser again, which may not have got the answer.
public final class RedeemLaunch {
    public sealed interface Outcome {
        record Redeemed(String playPath) implements Outcome {}

        record Used() implements Outcome {}

        record Expired() implements Outcome {}

        record Revoked() implements Outcome {}

        /// Forged, cut off, or never made here.
        record Unknown() implements Outcome {}
    }

    private final LaunchStore store = new LaunchStore();
    private final Jdbi jdbi;
    private final LaunchTokens tokens;
    private final Clock clock;

    public RedeemLaunch(Jdbi jdbi, LaunchTokens tokens, Clock clock) {
        this.jdbi = jdbi;
        this.tokens = tokens;
        this.clock = clock;
    }

    /// `redeemer` is what a browser calls itself, unguessable for all others.
    public Outcome redeem(String token, Optional<String> redeemer) {
        return tokens.readLink(token)
                .map(named -> redeem(named, redeemer))
                .orElseGet(Outcome.Unknown::new);
    }

    private Outcome redeem(LaunchTokens.Named named, Optional<String> redeemer) {
        return jdbi.inTransaction(
                db -> {
                    if (store.redeem(
                            db, named.client(), named.launch(), redeemer, clock.instant())) {
                        return new Outcome.Redeemed(
                                "/play/" + tokens.play(named.client(), named.launch()));
                    }
                    return refusal(store.find(db, named.client(), named.launch()));
                });
    }

    private static Outcome refusal(Optional<Launch> launch) {
        if (launch.isEmpty()) {
            return new Outcome.Unknown();
        }
        if (launch.get().revokedAt().isPresent()) {
            return new Outcome.Revoked();
        }
        return launch.get().redeemedAt().isPresent() ? new Outcome.Used() : new Outcome.Expired();
    }
}
