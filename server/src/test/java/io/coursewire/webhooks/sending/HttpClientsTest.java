package io.coursewire.webhooks.sending;

import static io.coursewire.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.webhooks.delivery.HostileReceiver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.eclipse.jetty.client.HttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Client certificates come and go; what was opened for those that are used no more is closed.
class HttpClientsTest {
    private static final Duration UNUSED_KEPT = Duration.ofMillis(100);
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    @TempDir static Path folder;
    private static ClientCertificate before;
    private static ClientCertificate after;
    private static ClientCertificate inUse;

    private final HostileReceiver receiver = new HostileReceiver();
    private final AddressGuard guard =
            new AddressGuard(List.of(AddressBlock.parse("127.0.0.1/32", "")), Names.system());
    private final SendWebhook send = new SendWebhook(guard, DEADLINE, UNUSED_KEPT);

    @BeforeAll
    static void makeCertificates() throws Exception {
        var certificates = new Certificates(folder);
        certificates.make("before");
        certificates.make("after");
        certificates.make("inUse");
        inUse = certificates.inPem("inUse");
        before = certificates.inPem("before");
        after = certificates.inPem("after");
    }

    @AfterEach
    void stop() {
        send.close();
        receiver.close();
    }

    @Test
    void what_a_replaced_certificate_needed_is_closed_and_opened_again_when_it_is_back() {
        assertThat(post(before)).isInstanceOf(Answer.Status.class);
        assertThat(post(after)).isInstanceOf(Answer.Status.class);
        await("no client", () -> send.certificatesInUse() == 0);
        await("no thread", () -> certifiedThreads() == 0);
        await("no connection", () -> receiver.openConnections() == 0);
        assertThat(post(before)).isInstanceOf(Answer.Status.class);
    }

    @Test
    void a_request_under_way_keeps_its_client_however_long_it_takes() throws Exception {
        var release = new CountDownLatch(1);
        receiver.behave(
                request ->
                        request.path().equals("/slow")
                                ? (connection, out) -> {
                                    release.await();
                                    return HostileReceiver.status(200).answer(connection, out);
                                }
                                : HostileReceiver.status(204));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var slow = threads.submit(() -> send.send(request("/slow", before)));
            await("the request", () -> receiver.requests().size() == 1);
            // Used later, and closed: so it has been looked at the first one's meanwhile.
            assertThat(post(after)).isInstanceOf(Answer.Status.class);
            await("the other's end", () -> send.certificatesInUse() == 1);
            release.countDown();
            assertThat(slow.get()).isEqualTo(new Answer.Status(200, Optional.empty(), ""));
        }
        await("its end", () -> send.certificatesInUse() == 0);
    }

    @Test
    void many_threads_use_one_certificate_while_it_is_closed_again_and_again()
            throws ExecutionException, InterruptedException {
        try (var eager = new SendWebhook(guard, DEADLINE, Duration.ofNanos(1));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers =
                    java.util.stream.IntStream.range(0, 200)
                            .mapToObj(_ -> threads.submit(() -> eager.send(request("/", before))))
                            .toList();
            for (var answer : answers) {
                assertThat(answer.get()).isInstanceOf(Answer.Status.class);
            }
            await("its end", () -> eager.certificatesInUse() == 0);
        }
    }

    @Test
    void of_too_many_certificates_the_client_that_was_idle_the_longest_is_closed() {
        var opened = new HashMap<ClientCertificate, HttpClient>();
        try (var clients = new HttpClients(new OpenHttpClient(guard), Duration.ofHours(1), 2)) {
            clients.use(
                    Optional.of(inUse),
                    used -> {
                        clients.use(Optional.of(before), http -> opened.put(before, http));
                        clients.use(Optional.of(after), http -> opened.put(after, http));
                        await("its end", () -> opened.get(before).isStopped());
                        assertThat(clients.certified()).isEqualTo(2);
                        assertThat(used.isRunning()).isTrue();
                    });
            clients.use(Optional.of(after), http -> assertThat(http).isSameAs(opened.get(after)));
            clients.use(Optional.of(before), http -> opened.put(before, http));
            assertThat(clients.certified()).isEqualTo(2);
            assertThat(opened.values()).allMatch(HttpClient::isRunning);
        }
        assertThat(opened.values()).allMatch(HttpClient::isStopped);
    }

    @Test
    void certificates_that_are_all_in_use_wait_for_none() {
        try (var clients = new HttpClients(new OpenHttpClient(guard), Duration.ofHours(1), 1)) {
            clients.use(
                    Optional.of(before),
                    one ->
                            clients.use(
                                    Optional.of(after),
                                    other -> {
                                        assertThat(one.isRunning()).isTrue();
                                        assertThat(other.isRunning()).isTrue();
                                    }));
        }
    }

    @Test
    void after_the_end_nothing_is_opened() {
        send.close();
        assertThat(post(before)).isInstanceOf(Answer.None.class);
        assertThat(send.certificatesInUse()).isZero();
    }

    private Answer post(ClientCertificate certificate) {
        return send.send(request("/", certificate));
    }

    private WebhookRequest request(String path, ClientCertificate certificate) {
        return new WebhookRequest(
                "http://127.0.0.1:" + receiver.port() + path,
                Map.of("content-type", "application/json"),
                new byte[] {'{', '}'},
                new WebhookRequest.Pool("client", "endpoint"),
                Optional.of(certificate));
    }

    private static long certifiedThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(OpenHttpClient.CERTIFIED_THREADS))
                .count();
    }
}
