package io.coursewire.app.tracing;

import io.coursewire.api.Answer;
import io.coursewire.api.Route;
import io.coursewire.runtime.launch.CommitOutcome;
import io.coursewire.runtime.launch.CommitRequest;
import io.coursewire.webhooks.OutboxEvent;
import io.coursewire.webhooks.delivery.Tried;
import io.helidon.http.ServerRequestHeaders;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/// Follows an attempt from the request that changed it, through its commit, to each try of its webhooks. Holds
/// ids and numbers, never a token, a secret or what is known of a person.
public interface Traces extends AutoCloseable {
    /// As the environment says: traces go to `OTEL_EXPORTER_OTLP_ENDPOINT` (or the variable for traces alone);
    /// without it nothing of OpenTelemetry is even loaded. Throws CannotStart when the variables do not
    /// make sense.
    static Traces of(Map<String, String> environment) {
        boolean wanted =
                environment.containsKey("OTEL_EXPORTER_OTLP_ENDPOINT")
                        || environment.containsKey("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT");
        return wanted ? OtlpTraces.open(environment) : new NoTraces();
    }

    /// A call of our own HTTP.
    Answer call(Route route, ServerRequestHeaders headers, Supplier<Answer> call);

    /// A request of the player, which waits until its group is committed.
    CommitOutcome commit(CommitRequest request, Function<CommitRequest, CommitOutcome> commit);

    /// A group of them, in one transaction.
    List<CommitOutcome> group(
            List<CommitRequest> requests,
            Function<List<CommitRequest>, List<CommitOutcome>> record);

    /// Events that are written by what is under way on this thread.
    void announced(List<OutboxEvent> events);

    /// One try of a webhook, which is over.
    void tried(Tried tried);

    /// Sends what has not been sent, for two seconds at most.
    @Override
    void close();
}
