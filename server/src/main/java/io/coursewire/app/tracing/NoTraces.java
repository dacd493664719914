package io.coursewire.app.tracing;

import io.coursewire.api.Answer;
import io.coursewire.api.Route;
import io.coursewire.runtime.launch.CommitOutcome;
import io.coursewire.runtime.launch.CommitRequest;
import io.coursewire.webhooks.OutboxEvent;
import io.coursewire.webhooks.delivery.Tried;
import io.helidon.http.ServerRequestHeaders;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/// Nobody collects traces.
public record NoTraces() implements Traces {
    @Override
    public Answer call(Route route, ServerRequestHeaders headers, Supplier<Answer> call) {
        return call.get();
    }

    @Override
    public CommitOutcome commit(
            CommitRequest request, Function<CommitRequest, CommitOutcome> commit) {
        return commit.apply(request);
    }

    @Override
    public List<CommitOutcome> group(
            List<CommitRequest> requests,
            Function<List<CommitRequest>, List<CommitOutcome>> record) {
        return record.apply(requests);
    }

    @Override
    public void announced(List<OutboxEvent> events) {}

    @Override
    public void tried(Tried tried) {}

    @Override
    public void close() {}
}
