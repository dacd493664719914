package io.coursewire.webhooks.sending;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.Patience;
import io.coursewire.webhooks.delivery.HostileReceiver;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A name server that hangs, and those who do not ask it.
class LookupsTest {
    private static final Duration DEADLINE = Patience.of(Duration.ofSeconds(15));

    private final CountDownLatch answered = new CountDownLatch(1);
    private final AtomicInteger hanging = new AtomicInteger();
    private final HostileReceiver receiver = new HostileReceiver();
    private final AddressGuard guard =
            new AddressGuard(List.of(AddressBlock.parse("127.0.0.1/32", "")), this::lookUp);
    private final SendWebhook send = new SendWebhook(guard, DEADLINE);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void stop() {
        answered.countDown();
        send.close();
        threads.close();
        receiver.close();
    }

    @Test
    void one_that_hangs_for_an_endpoint_holds_up_none_of_its_clients_others() {
        for (int n = 0; n < 64; n++) {
            begin("hanging.example", "client", "slow");
        }
        Patience.await(() -> hanging.get() == Lookups.OF_ENDPOINT_MAX);
        assertThat(send("good.example", "client", "fast")).isInstanceOf(Answer.Status.class);
        assertThat(hanging).hasValue(Lookups.OF_ENDPOINT_MAX);
    }

    @Test
    void one_that_hangs_for_all_endpoints_of_a_client_holds_up_no_other_client() {
        for (int n = 0; n < 2 * Lookups.AT_ONCE_MAX; n++) {
            begin("n" + n + ".hanging.example", "client", n);
        }
        Patience.await(() -> hanging.get() == Lookups.OF_CLIENT_MAX);
        assertThat(send("good.example", "other", "fast")).isInstanceOf(Answer.Status.class);
        assertThat(guard.judge("https://good.example/"))
                .isEqualTo(new AddressGuard.Judgement.Accepted());
        assertThat(hanging).hasValue(Lookups.OF_CLIENT_MAX);
    }

    @Test
    void one_that_hangs_while_a_webhook_is_saved_is_not_waited_for() {
        assertThat(guard.judge("https://hanging.example/"))
                .isInstanceOf(AddressGuard.Judgement.Unresolved.class);
    }

    private void begin(String host, Object client, Object endpoint) {
        threads.submit(() -> send(host, client, endpoint));
    }

    private Answer send(String host, Object client, Object endpoint) {
        return send.send(
                new WebhookRequest(
                        "http://" + host + ":" + receiver.port() + "/",
                        Map.of("content-type", "application/json"),
                        new byte[] {'{', '}'},
                        new WebhookRequest.Pool(client, endpoint),
                        Optional.empty()));
    }

    private List<InetAddress> lookUp(String host) throws UnknownHostException {
        if (host.endsWith("hanging.example")) {
            hanging.incrementAndGet();
            try {
                answered.await();
            } catch (InterruptedException e) {
                throw new UnknownHostException(host);
            }
        }
        return List.of(InetAddress.ofLiteral("127.0.0.1"));
    }
}
