package io.coursewire.webhooks.sending;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Looks names up, a few at once of any client and fewer of any of its endpoints: where one's name server hangs, no other
/// waits for it.
final class Lookups {
    static final int AT_ONCE_MAX = 64;
    static final int OF_CLIENT_MAX = 8;
    static final int OF_ENDPOINT_MAX = 2;

    private static final int IDLE_SECONDS_MAX = 60;

    // A slow name server blocks a platform thread here, never the few that carry virtual threads.
    private final Executor threads = threads();
    // No longer than the connections are many that may be opened at once.
    private final List<Lookup> waiting = new LinkedList<>();
    // By pool, and by client.
    private final Map<Object, Integer> running = new HashMap<>();

    private record Lookup(WebhookRequest.Pool of, Runnable work) {}

    /// Returns at once; the work may block.
    synchronized void run(WebhookRequest.Pool of, Runnable work) {
        waiting.add(new Lookup(of, work));
        startWaiting();
    }

    private synchronized void ended(WebhookRequest.Pool of) {
        count(of, -1);
        startWaiting();
    }

    private void startWaiting() {
        for (Iterator<Lookup> all = waiting.iterator(); all.hasNext(); ) {
            Lookup next = all.next();
            if (running(next.of()) < OF_ENDPOINT_MAX
                    && running(next.of().client()) < OF_CLIENT_MAX) {
                all.remove();
                count(next.of(), 1);
                threads.execute(() -> run(next));
            }
        }
    }

    private void run(Lookup lookup) {
        try {
            lookup.work().run();
        } finally {
            ended(lookup.of());
        }
    }

    private int running(Object owner) {
        return running.getOrDefault(owner, 0);
    }

    private void count(WebhookRequest.Pool of, int more) {
        for (Object owner : List.of(of, of.client())) {
            running.merge(
                    owner, more, (before, change) -> before + change == 0 ? null : before + change);
        }
    }

    private static Executor threads() {
        var threads =
                new ThreadPoolExecutor(
                        AT_ONCE_MAX,
                        AT_ONCE_MAX,
                        IDLE_SECONDS_MAX,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        Thread.ofPlatform().daemon().name("webhook-lookup-", 0).factory());
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }
}
