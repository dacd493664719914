package io.coursewire.webhooks.sending;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Decides where webhooks may go; one for saving, testing, delivering and token calls. A connection
/// goes to an address that came through here, so that a name cannot change between check and connect.
public final class AddressGuard {
    /// What a URL is good for.
    public sealed interface Judgement {
        record Accepted() implements Judgement {}

        /// To be saved with a warning: the name may appear later, and is judged again at every connection.
        record Unresolved(String warning) implements Judgement {}

        record Refused(String reason) implements Judgement {}
    }

    static final Duration JUDGED_WITHIN = Duration.ofSeconds(5);

    private final List<AddressBlock> allowed;
    private final Names names;
    private final Lookups lookups = new Lookups();

    public AddressGuard(List<AddressBlock> allowed, Names names) {
        this.allowed = List.copyOf(allowed);
        this.names = names;
    }

    /// Looks the name up, but not for long.
    public Judgement judge(String url) {
        Optional<String> malformed = HostRules.refusal(url);
        if (malformed.isPresent()) {
            return new Judgement.Refused(malformed.get());
        }
        String host = URI.create(url).getHost();
        try {
            resolveInTime(host);
            return new Judgement.Accepted();
        } catch (AddressRefused e) {
            return new Judgement.Refused(e.getMessage());
        } catch (UnknownHostException e) {
            return new Judgement.Unresolved(
                    "the name %s does not resolve now; deliveries fail until it does"
                            .formatted(host));
        }
    }

    /// Where all that resolves names is to run.
    Lookups lookups() {
        return lookups;
    }

    private void resolveInTime(String host) throws UnknownHostException, AddressRefused {
        var lookup = new FutureTask<>(() -> resolve(host));
        lookups.run(new WebhookRequest.Pool("judged", host), lookup);
        try {
            lookup.get(JUDGED_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new UnknownHostException(host);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnknownHostException(host);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case UnknownHostException unknown -> throw unknown;
                case AddressRefused refused -> throw refused;
                case Throwable other -> throw new IllegalStateException(other);
            }
        }
    }

    /// The addresses to connect to. One bad address among several spoils the name: which one is used
    /// would be chance.
    public List<InetAddress> resolve(String host) throws UnknownHostException, AddressRefused {
        Optional<InetAddress> literal = HostRules.literal(host);
        List<InetAddress> addresses =
                literal.isPresent() ? List.of(literal.get()) : names.addresses(host);
        for (InetAddress address : addresses) {
            Optional<String> reason = refusal(address);
            if (reason.isPresent()) {
                throw new AddressRefused(refusalText(host, address, reason.get()));
            }
        }
        return addresses;
    }

    private Optional<String> refusal(InetAddress address) {
        if (isAllowed(address)) {
            return Optional.empty();
        }
        Optional<InetAddress> embedded = SpecialAddresses.embedded(address);
        if (embedded.isEmpty()) {
            return SpecialAddresses.reason(address);
        }
        return isAllowed(embedded.get())
                ? Optional.empty()
                : SpecialAddresses.reason(embedded.get())
                        .map(reason -> "it leads to an IPv4 address and " + reason);
    }

    private boolean isAllowed(InetAddress address) {
        return allowed.stream().anyMatch(block -> block.contains(address));
    }

    private static String refusalText(String host, InetAddress address, String reason) {
        String subject =
                HostRules.literal(host).isPresent()
                        ? "the address " + address.getHostAddress() + " is refused"
                        : "%s resolves to %s, which is refused"
                                .formatted(host, address.getHostAddress());
        return "%s: %s. Webhooks go to public addresses only; to allow this one start the server with --allow-target %s (COURSEWIRE_ALLOW_TARGETS)"
                .formatted(subject, reason, AddressBlock.of(address));
    }
}
