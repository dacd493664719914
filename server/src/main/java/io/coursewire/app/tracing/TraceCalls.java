package io.coursewire.app.tracing;

import io.coursewire.api.Answer;
import io.coursewire.api.AroundCall;
import io.coursewire.api.Route;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.util.function.Supplier;

/// A span per call, below the caller's own where the call names it. It has the route's template: paths hold
/// tokens and names.
record TraceCalls(Tracer tracer, TextMapPropagator propagator) implements AroundCall {
    static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");
    private static final int FAULT_MIN = 500;

    @Override
    public Answer around(Route route, ServerRequestHeaders headers, Supplier<Answer> call) {
        String method = route.method().text();
        Span span =
                tracer.spanBuilder(method + " " + route.path())
                        .setParent(propagator.extract(Context.root(), headers, new FromHeaders()))
                        .setSpanKind(SpanKind.SERVER)
                        .setAttribute("http.request.method", method)
                        .setAttribute("http.route", route.path())
                        .startSpan();
        try (var _ = span.makeCurrent()) {
            Answer answer = call.get();
            span.setAttribute(STATUS, (long) answer.status());
            if (answer.status() >= FAULT_MIN) {
                span.setStatus(StatusCode.ERROR);
            }
            return answer;
        } finally {
            span.end();
        }
    }

    private record FromHeaders() implements TextMapGetter<ServerRequestHeaders> {
        @Override
        public Iterable<String> keys(ServerRequestHeaders headers) {
            return headers.stream().map(header -> header.headerName().lowerCase()).toList();
        }

        @Override
        public String get(ServerRequestHeaders headers, String name) {
            return headers == null ? null : headers.first(HeaderNames.create(name)).orElse(null);
        }
    }
}
