package io.coursewire.webhooks.sending;

import java.io.IOException;

/// The guard's no; the message says which address, why, and which setting allows it.
public final class AddressRefused extends IOException {
    private static final long serialVersionUID = 1L;

    private static final String WAY_OUT = "start the server with --allow-target ";

    /// Whether a message that was kept is one of these.
    public static boolean isTold(String message) {
        return message.contains(WAY_OUT);
    }

    AddressRefused(String message) {
        super(message);
    }
}
