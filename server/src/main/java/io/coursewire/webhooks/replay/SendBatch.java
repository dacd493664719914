package io.coursewire.webhooks.replay;

import io.coursewire.webhooks.OrderingKey;
import io.coursewire.webhooks.Subscription;
import io.coursewire.webhooks.Try;
import io.coursewire.webhooks.delivery.Courier;
import io.coursewire.webhooks.delivery.Pace;
import io.coursewire.webhooks.delivery.Paces;
import io.coursewire.webhooks.delivery.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;

/// Sends some events to one endpoint, each once: a few at a time, those of one ordering key one after the
/// other. A key stops at its first failure, all of them when the endpoint asks for patience or is gone.
final class SendBatch {
    static final int IN_FLIGHT_MAX = 8;
    static final int FAILURES_MAX = 4;

    private static final Duration PATIENCE_UNLESS_ASKED = Duration.ofSeconds(30);

    private final Courier courier;
    private final Paces paces;
    private final Pace pace = new Pace();
    private final BooleanSupplier goesOn;

    SendBatch(Courier courier, Paces paces, BooleanSupplier goesOn) {
        this.courier = courier;
        this.paces = paces;
        this.goesOn = goesOn;
    }

    /// What is done, what is to be sent again, and whether the endpoint wants a pause or nothing more.
    record Result(List<Sent> sent, List<Pending> rest, Optional<Instant> pauseUntil, boolean gone) {
        Result {
            sent = List.copyOf(sent);
            rest = List.copyOf(rest);
        }
    }

    private record Answered(Try tried, Verdict verdict) {}

    Result send(Subscription endpoint, List<Pending> batch, int perSecondMax) {
        Map<Long, Answered> answers = new ConcurrentHashMap<>();
        var free = new Semaphore(IN_FLIGHT_MAX);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (List<Pending> chain : chains(batch)) {
                threads.submit(() -> send(endpoint, chain, perSecondMax, free, answers));
            }
        }
        return result(batch, answers);
    }

    private void send(
            Subscription endpoint,
            List<Pending> chain,
            int perSecondMax,
            Semaphore free,
            Map<Long, Answered> answers) {
        for (Pending one : chain) {
            free.acquireUninterruptibly();
            try {
                pace.await(perSecondMax);
                paces.awaitIdle(endpoint, goesOn);
                if (!goesOn.getAsBoolean() || answers.values().stream().anyMatch(SendBatch::ends)) {
                    return;
                }
                Try tried = courier.carry(endpoint, one.event());
                var answered = new Answered(tried, Verdict.of(tried.answer(), tried.at()));
                answers.put(one.position(), answered);
                if (!(answered.verdict() instanceof Verdict.Delivered)) {
                    return;
                }
            } finally {
                free.release();
            }
        }
    }

    private static Iterable<List<Pending>> chains(List<Pending> batch) {
        Map<OrderingKey, List<Pending>> chains = new LinkedHashMap<>();
        batch.forEach(
                one ->
                        chains.computeIfAbsent(one.event().orderingKey(), _ -> new ArrayList<>())
                                .add(one));
        return chains.values();
    }

    private static boolean ends(Answered answered) {
        return answered.verdict() instanceof Verdict.Busy
                || answered.verdict() instanceof Verdict.Gone;
    }

    private static Result result(List<Pending> batch, Map<Long, Answered> answers) {
        var sent = new ArrayList<Sent>();
        var rest = new ArrayList<Pending>();
        Optional<Instant> pauseUntil = Optional.empty();
        boolean gone = false;
        for (Pending one : batch) {
            Answered answered = answers.get(one.position());
            if (answered == null) {
                rest.add(one);
                continue;
            }
            switch (answered.verdict()) {
                case Verdict.Delivered _ -> sent.add(one.after(answered.tried(), false).sent(true));
                case Verdict.Failed _ -> failed(one.after(answered.tried(), true), sent, rest);
                case Verdict.Busy busy -> {
                    rest.add(one.after(answered.tried(), false));
                    Instant unlessAsked = answered.tried().at().plus(PATIENCE_UNLESS_ASKED);
                    pauseUntil = Optional.of(busy.until().orElse(unlessAsked));
                }
                case Verdict.Gone _ -> {
                    rest.add(one.after(answered.tried(), true));
                    gone = true;
                }
            }
        }
        return new Result(sent, rest, pauseUntil, gone);
    }

    private static void failed(Pending one, List<Sent> sent, List<Pending> rest) {
        if (one.failures() >= FAILURES_MAX) {
            sent.add(one.sent(false));
        } else {
            rest.add(one);
        }
    }
}
