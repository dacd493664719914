package io.coursewire.api;

import static io.helidon.http.Method.GET;

import io.coursewire.kernel.AttemptId;
import io.coursewire.runtime.launch.ExplainAttempt;
import java.util.List;

/// `/attempts/{attemptId}/explanation`: why an attempt's status is what it is.
public final class AttemptExplanationResource implements Resource {
    private final ExplainAttempt explainAttempt;

    public AttemptExplanationResource(ExplainAttempt explainAttempt) {
        this.explainAttempt = explainAttempt;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.ofClient(GET, "/attempts/{attemptId}/explanation", this::explain));
    }

    private Answer explain(Call call) {
        return explainAttempt
                .explain(call.client(), call.id("attemptId", AttemptId::parse))
                .map(explanation -> Answer.ok(AttemptExplanationView.of(explanation)))
                .orElseThrow(Call::notFound);
    }
}
