package io.coursewire.webhooks.delivery;

import io.coursewire.kernel.ActivityId;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.SecretKey;
import io.coursewire.kernel.UserId;
import io.coursewire.storage.Database;
import io.coursewire.storage.DatabaseAddress;
import io.coursewire.webhooks.ComposeRequest;
import io.coursewire.webhooks.EventType;
import io.coursewire.webhooks.OrderingKey;
import io.coursewire.webhooks.Outbox;
import io.coursewire.webhooks.OutboxEvent;
import io.coursewire.webhooks.SubscriptionStore;
import io.coursewire.webhooks.sending.AddressBlock;
import io.coursewire.webhooks.sending.AddressGuard;
import io.coursewire.webhooks.sending.Names;
import io.coursewire.webhooks.sending.SendWebhook;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.transaction.DelegatingTransactionHandler;
import org.jdbi.v3.core.transaction.LocalTransactionHandler;
import org.jdbi.v3.core.transaction.TransactionHandler;

/// A process that is killed: writes events of its own keys, and delivers its share of all. Says each
/// event's id after its commit. Told the name of a step on standard input, it says when it is there and
/// goes no further.
final class CrashNode {
    static final String AT = "at ";
    private static final int KEYS = 8;
    private static final int TIMES_FASTER = 10;
    private static final Duration DEADLINE = Duration.ofSeconds(5);
    // Load, but no more than a slow machine can deliver.
    private static final long PAUSE_NANOS = 10_000_000;
    private static final long PAUSE_AFTER_FAULT_NANOS = 50_000_000;

    private final ClientId client;
    private final int number;
    private final Jdbi jdbi;
    private final Map<Integer, Long> versions = new HashMap<>();
    private volatile CrashStep last;

    /// @param beganMillis when the clock of all nodes was right; it goes faster than others
    record Place(DatabaseAddress database, ClientId client, int number, long beganMillis) {
        String[] arguments() {
            return new String[] {
                database.jdbcUrl(),
                database.user(),
                database.password(),
                Base64.getEncoder().encodeToString(Scene.keyBytes()),
                client.value(),
                Integer.toString(number),
                Long.toString(beganMillis)
            };
        }
    }

    private CrashNode(String[] arguments) {
        client = new ClientId(arguments[4]);
        number = Integer.parseInt(arguments[5]);
        jdbi =
                Database.open(
                                DatabaseAddress.parse(
                                        arguments[0],
                                        Optional.of(arguments[1]),
                                        Optional.of(arguments[2])))
                        .jdbi();
        jdbi.setTransactionHandler(new Commits(LocalTransactionHandler.binding()));
        jdbi.setSqlLogger(new Claims());
    }

    public static void main(String[] arguments) {
        try {
            run(arguments);
        } catch (RuntimeException e) {
            // It could not even start, and ends clearly, as the product does.
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }

    private static void run(String[] arguments) {
        var node = new CrashNode(arguments);
        Thread.ofPlatform().daemon().start(node::listen);
        node.write(
                node.deliver(
                        SecretKey.of(Base64.getDecoder().decode(arguments[3])),
                        clock(Long.parseLong(arguments[6]))));
    }

    /// The name that its requests say they come from.
    static String source(int number) {
        return "node-" + number + ".example";
    }

    static InstantSource clock(long beganMillis) {
        return () -> {
            long millis = System.currentTimeMillis() - beganMillis;
            return Instant.ofEpochMilli(beganMillis + millis * TIMES_FASTER);
        };
    }

    private Outbox deliver(SecretKey key, InstantSource clock) {
        var guard =
                new AddressGuard(List.of(AddressBlock.parse("127.0.0.0/8", "")), Names.system());
        var compose =
                new ComposeRequest(
                        () -> {
                            at(CrashStep.BEFORE_SEND);
                            return "https://" + source(number);
                        });
        var courier =
                new Courier(
                        compose,
                        new SendWebhook(guard, DEADLINE),
                        clock,
                        _ -> at(CrashStep.AFTER_ANSWER));
        var deliver =
                new Deliver(
                                jdbi,
                                new SubscriptionStore(key),
                                courier,
                                clock,
                                Node.Limits.VANISHING.lease())
                        .start();
        return new Outbox(deliver.recentEvents(), deliver::wake);
    }

    private void write(Outbox outbox) {
        for (int turn = 0; ; turn++) {
            try {
                if (versions.isEmpty()) {
                    readVersions();
                }
                write(outbox, turn % KEYS);
                LockSupport.parkNanos(PAUSE_NANOS);
            } catch (RuntimeException e) {
                // Whether it was committed is unknown: nobody is told, and the tables are asked.
                versions.clear();
                LockSupport.parkNanos(PAUSE_AFTER_FAULT_NANOS);
            }
        }
    }

    private void write(Outbox outbox, int key) {
        OutboxEvent event =
                Scene.event(
                        new OrderingKey(client, new UserId(id(1, key)), new ActivityId(id(2, key))),
                        id(0, key),
                        key % 2 == 0 ? EventType.STARTED : EventType.UPDATED,
                        versions.get(key) + 1);
        jdbi.useTransaction(h -> outbox.append(h, List.of(event)));
        outbox.wake();
        versions.merge(key, 1L, Long::sum);
        System.out.println(event.id());
    }

    private void readVersions() {
        for (int key = 0; key < KEYS; key++) {
            UUID attempt = id(0, key);
            versions.put(
                    key,
                    jdbi.withHandle(
                            h ->
                                    h.createQuery(
                                                    "SELECT coalesce(max(version), 0) FROM event"
                                                            + " WHERE client_id = :c AND attempt_id ="
                                                            + " :a")
                                            .bind("c", client.value())
                                            .bind("a", attempt)
                                            .mapTo(Long.class)
                                            .one()));
        }
    }

    private UUID id(int kind, int key) {
        return new UUID(0x7000L | number, 0x8000_0000_0000_0000L | kind * 0x100L | key);
    }

    private void listen() {
        try (var lines =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            lines.lines().forEach(line -> last = CrashStep.valueOf(line));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void at(CrashStep step) {
        if (step == last) {
            System.out.println(AT + step);
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static boolean isWriting() {
        return Thread.currentThread().getName().equals("main");
    }

    private static boolean isDelivering() {
        return Thread.currentThread().getName().equals("deliver");
    }

    /// Every commit of a change or of a record.
    private final class Commits extends DelegatingTransactionHandler {
        Commits(TransactionHandler delegate) {
            super(delegate);
        }

        @Override
        public TransactionHandler specialize(Handle handle) throws java.sql.SQLException {
            return new Commits(getDelegate().specialize(handle));
        }

        @Override
        public void commit(Handle handle) {
            if (isWriting()) {
                at(CrashStep.BEFORE_COMMIT);
            } else if (isDelivering()) {
                at(CrashStep.BEFORE_RECORD);
            }
            super.commit(handle);
            if (isWriting()) {
                at(CrashStep.AFTER_COMMIT);
            } else if (isDelivering()) {
                at(CrashStep.AFTER_RECORD);
            }
        }
    }

    /// The statement that reads the markers.
    private final class Claims implements SqlLogger {
        @Override
        public void logBeforeExecution(StatementContext context) {
            if (isClaim(context)) {
                at(CrashStep.BEFORE_CLAIM);
            }
        }

        @Override
        public void logAfterExecution(StatementContext context) {
            if (isClaim(context)) {
                at(CrashStep.AFTER_CLAIM);
            }
        }

        private static boolean isClaim(StatementContext context) {
            return isDelivering() && context.getRenderedSql().contains("FROM undelivered");
        }
    }
}
