package io.coursewire.webhooks.sending;

import java.io.IOException;

/// The guard's no; the message says which address, why, and which setting allows it.
public final class AddressRefused extends IOException {
    private static final long serialVersionUID = 1L;

    AddressRefused(String message) {
        super(message);
    }
}
