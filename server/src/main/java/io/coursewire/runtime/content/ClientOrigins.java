package io.coursewire.runtime.content;

import io.coursewire.kernel.ClientId;
import java.util.Optional;
import java.util.stream.Stream;

/// Which client's courses an origin serves. Where each client has an origin of its own, a course is foreign code
/// on all others: served there, it could read what their players keep.
public final class ClientOrigins {
    private static final String CLIENT = "{client}";

    private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";

    private final Optional<String> hostPattern;

    /// @param contentUrl of the content origin; with `{client}` in it there is one per client
    public ClientOrigins(Optional<String> contentUrl) {
        hostPattern =
                contentUrl
                        .filter(url -> url.contains(CLIENT))
                        .map(url -> withoutPort(url.replaceFirst("^https?://", "")));
    }

    /// Whether there is one per client.
    public boolean arePerClient() {
        return hostPattern.isPresent();
    }

    /// Whether the client's origin can be a host: not every id can be a part of its name (RFC 1123, section 2.1).
    public boolean canBeOf(ClientId client) {
        return hostPattern
                .map(pattern -> pattern.replace(CLIENT, client.value()))
                .map(host -> Stream.of(host.split("\\.")).allMatch(part -> part.matches(LABEL)))
                .orElse(true);
    }

    /// @param host as in the request's header, with or without a port
    boolean serves(String host, ClientId client) {
        return hostPattern
                .map(pattern -> pattern.replace(CLIENT, client.value()))
                .map(own -> own.equalsIgnoreCase(withoutPort(host)))
                .orElse(true);
    }

    private static String withoutPort(String authority) {
        return authority.replaceFirst(":\\d*$", "");
    }
}
