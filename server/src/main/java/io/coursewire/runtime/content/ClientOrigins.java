package io.coursewire.runtime.content;

import io.coursewire.kernel.ClientId;
import java.util.Optional;

/// Which client's courses an origin serves. Where each client has an origin of its own, a course is foreign code
/// on all others: served there, it could read what their players keep.
public final class ClientOrigins {
    private static final String CLIENT = "{client}";

    private final Optional<String> hostPattern;

    /// @param contentUrl of the content origin; with `{client}` in it there is one per client
    public ClientOrigins(Optional<String> contentUrl) {
        hostPattern =
                contentUrl
                        .filter(url -> url.contains(CLIENT))
                        .map(url -> withoutPort(url.replaceFirst("^https?://", "")));
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
