package io.coursewire.app.tracing;

import io.coursewire.kernel.SessionId;
import io.coursewire.runtime.launch.CommitOutcome;
import io.coursewire.runtime.launch.CommitRequest;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// A span per transaction that writes a group of requests: below the request when it is alone, otherwise a trace
/// of its own that points at those of all its requests.
final class TraceCommits {
    private final Tracer tracer;
    private final Map<SessionId, SpanContext> waiting = new ConcurrentHashMap<>();

    TraceCommits(Tracer tracer) {
        this.tracer = tracer;
    }

    CommitOutcome commit(CommitRequest request, Function<CommitRequest, CommitOutcome> commit) {
        SpanContext call = Span.current().getSpanContext();
        if (!call.isSampled()) {
            return commit.apply(request);
        }
        waiting.put(request.session(), call);
        try {
            return commit.apply(request);
        } finally {
            waiting.remove(request.session(), call);
        }
    }

    List<CommitOutcome> group(
            List<CommitRequest> requests,
            Function<List<CommitRequest>, List<CommitOutcome>> record) {
        List<SpanContext> calls =
                requests.stream()
                        .map(request -> waiting.get(request.session()))
                        .filter(Objects::nonNull)
                        .distinct()
                        .toList();
        return calls.isEmpty() ? record.apply(requests) : group(requests, calls, record);
    }

    private List<CommitOutcome> group(
            List<CommitRequest> requests,
            List<SpanContext> calls,
            Function<List<CommitRequest>, List<CommitOutcome>> record) {
        Span span = span(calls, requests.size());
        try (var _ = span.makeCurrent()) {
            return record.apply(requests);
        } catch (RuntimeException e) {
            span.setStatus(StatusCode.ERROR);
            throw e;
        } finally {
            span.end();
        }
    }

    private Span span(List<SpanContext> calls, int requests) {
        var span =
                tracer.spanBuilder("commit group")
                        .setAttribute("coursewire.group.requests", requests);
        if (calls.size() == 1) {
            span.setParent(Context.root().with(Span.wrap(calls.getFirst())));
        } else {
            span.setNoParent();
            calls.forEach(span::addLink);
        }
        return span.startSpan();
    }
}
