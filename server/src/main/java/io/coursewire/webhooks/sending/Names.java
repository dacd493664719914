package io.coursewire.webhooks.sending;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/// Turns host names into addresses. Tests put a name server of their own in its place.
@FunctionalInterface
public interface Names {
    /// Every address of the name, at least one.
    List<InetAddress> addresses(String host) throws UnknownHostException;

    /// What the machine is set up with.
    static Names system() {
        return host -> List.of(InetAddress.getAllByName(host));
    }
}
