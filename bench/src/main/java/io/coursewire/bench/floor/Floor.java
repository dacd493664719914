package io.coursewire.bench.floor;

import io.coursewire.bench.load.CommitRequest;
import io.coursewire.storage.Database;
import io.coursewire.storage.DatabaseAddress;
import io.coursewire.storage.GroupCommit;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// The least that any program with this job has to do: HTTP in, one batched insert, HTTP out. It understands
/// nothing of what it carries, retries nothing and remembers nothing.
public final class Floor {
    private static final HeaderName MARK = HeaderNames.create(CommitRequest.MARK_HEADER);
    private static final byte[] ANSWER =
            "{\"acknowledged\":1,\"status\":\"active\"}".getBytes(StandardCharsets.US_ASCII);

    private final GroupCommit<byte[], Boolean> inserts;
    private final Sender sender;
    private final int webhookBytes;

    private Floor(GroupCommit<byte[], Boolean> inserts, Sender sender, int webhookBytes) {
        this.inserts = inserts;
        this.sender = sender;
        this.webhookBytes = webhookBytes;
    }

    /// Arguments: the receiver's URL, how many bytes a webhook has, how many may be in flight. The database is
    /// given by the product's environment variables.
    public static void main(String[] arguments) throws InterruptedException {
        var store = new FloorStore(Database.open(address()).jdbi());
        store.create();
        var floor =
                new Floor(
                        new GroupCommit<>(
                                "floor",
                                GroupCommit.Limits.DEFAULT,
                                System::identityHashCode,
                                store::insert),
                        Sender.start(URI.create(arguments[0]), Integer.parseInt(arguments[2])),
                        Integer.parseInt(arguments[1]));
        var server =
                WebServer.builder()
                        .host("127.0.0.1")
                        .port(0)
                        .routing(routing -> routing.post("/*", floor::take))
                        .build()
                        .start();
        System.out.println("ready content=http://127.0.0.1:" + server.port());
        new CountDownLatch(1).await();
    }

    private void take(ServerRequest request, ServerResponse response) {
        request.content().as(byte[].class);
        var mark = Mark.parse(request.headers().get(MARK).get());
        byte[] webhook = mark.webhook(webhookBytes);
        inserts.submit(webhook);
        response.send(ANSWER);
        sender.send(webhook, mark.version());
    }

    private static DatabaseAddress address() {
        return DatabaseAddress.parse(
                System.getenv("COURSEWIRE_DATABASE_URL"),
                Optional.of(System.getenv("COURSEWIRE_DATABASE_USER")),
                Optional.of(System.getenv("COURSEWIRE_DATABASE_PASSWORD")));
    }
}
