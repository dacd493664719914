package io.coursewire.api;

import io.coursewire.api.KeptAnswerStore.Given;
import io.coursewire.api.KeptAnswerStore.Kept;
import io.coursewire.api.KeptAnswerStore.Key;
import io.coursewire.kernel.InvalidInput;
import io.coursewire.kernel.Json;
import io.coursewire.kernel.SecretKey;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/// Does a request that carries an `Idempotency-Key` once, and gives its answer to every repetition.
///
/// The claim of the key, what the feature verb does and the answer commit together: the verb's own
/// transaction joins the one that is open on its thread. So a crash leaves either all of it or nothing, and
/// a repetition that comes meanwhile waits at the claim. Only successes are kept; what was refused changed
/// nothing and may be asked again. What takes long is done before the claim: an open transaction holds up the feed of
/// events for everybody.
public final class Idempotency {
    public static final String HEADER = "Idempotency-Key";
    public static final String REPLAYED = "Idempotency-Replayed";
    public static final Duration KEPT = Duration.ofHours(24);

    private static final String PURPOSE = "kept-answer";
    private static final Pattern KEY_FORM = Pattern.compile("[\\x21-\\x7e]{1,255}");
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final KeptAnswerStore store = new KeptAnswerStore();
    private final Jdbi jdbi;
    private final SecretKey secretKey;
    private final Clock clock;

    public Idempotency(Jdbi jdbi, SecretKey secretKey, Clock clock) {
        this.jdbi = jdbi;
        this.secretKey = secretKey;
        this.clock = clock;
    }

    /// The action's answer, or the one it gave before.
    Answer answer(Call call, String idempotencyKey, Route.Action action) {
        if (!KEY_FORM.matcher(idempotencyKey).matches()) {
            throw new InvalidInput(HEADER, "must be 1 to 255 visible ASCII characters.");
        }
        var key = new Key(call.client(), call.caller().name(), idempotencyKey);
        var fingerprint = call.fingerprint();
        return jdbi.withHandle(db -> store.find(db, key, clock.instant()))
                .map(kept -> repeated(kept, fingerprint.end()))
                .orElseGet(
                        () -> {
                            var prepared = action.prepare(call);
                            return first(key, fingerprint.end(), prepared);
                        });
    }

    private Answer first(Key key, byte[] fingerprint, Supplier<Answer> prepared) {
        try {
            return jdbi.inTransaction(db -> once(db, key, fingerprint, prepared));
        } catch (UnableToExecuteStatementException e) {
            throw isStillClaimed(e) ? inProgress() : e;
        }
    }

    /// Drops some of what is kept no longer, and tells whether there may be more; to be called now and
    /// then, by any node.
    public boolean sweep() {
        int swept = jdbi.inTransaction(db -> store.sweep(db, clock.instant()));
        return swept == KeptAnswerStore.SWEPT_MAX;
    }

    private Answer once(Handle db, Key key, byte[] fingerprint, Supplier<Answer> action) {
        var now = clock.instant();
        if (!store.claim(db, key, fingerprint, now, now.plus(KEPT))) {
            return store.find(db, key, now)
                    .map(kept -> repeated(kept, fingerprint))
                    .orElseThrow(Idempotency::inProgress);
        }
        var answer = action.get();
        if (answer.isSuccess()) {
            store.keep(db, key, given(answer));
        } else {
            store.forget(db, key);
        }
        return answer;
    }

    private Answer repeated(Kept kept, byte[] fingerprint) {
        if (!MessageDigest.isEqual(kept.fingerprint(), fingerprint)) {
            return Answer.problem(
                    ProblemType.IDEMPOTENCY_KEY_REUSED,
                    "This Idempotency-Key came with another request before. Use a new key for a new request.");
        }
        var given = kept.given();
        var headers = Json.MAPPER.readTree(given.headersJson());
        var body = new Answer.Bytes(Answer.JSON, secretKey.unseal(PURPOSE, given.sealedBody()));
        var byName = new HashMap<String, String>();
        headers.forEachEntry((name, value) -> byName.put(name, value.asString()));
        return new Answer(given.status(), byName, body).with(REPLAYED, "true");
    }

    private Given given(Answer answer) {
        return new Given(
                answer.status(),
                Json.MAPPER.writeValueAsString(answer.headers()),
                secretKey.seal(PURPOSE, body(answer)));
    }

    private static byte[] body(Answer answer) {
        return switch (answer.content()) {
            case Answer.Bytes bytes -> bytes.bytes();
            case Answer.Nothing _ -> new byte[0];
            case Answer.Streamed _, Answer.Refusal _ ->
                    throw new IllegalStateException("an answer to be repeated is JSON or nothing");
        };
    }

    private static boolean isStillClaimed(UnableToExecuteStatementException e) {
        return Optional.ofNullable(e.getCause())
                .filter(
                        cause ->
                                cause instanceof SQLException sql
                                        && LOCK_NOT_AVAILABLE.equals(sql.getSQLState()))
                .isPresent();
    }

    private static Refused inProgress() {
        return new Refused(
                Answer.problem(
                                ProblemType.REQUEST_IN_PROGRESS,
                                "The first request with this Idempotency-Key is still being done. Ask again.")
                        .with("Retry-After", "5"));
    }
}
