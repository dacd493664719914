package io.coursewire.app;

import io.coursewire.api.Idempotency;
import io.coursewire.kernel.SecretKey;

/// Kept answers, unreadable without the servers' key.
record SealedAnswers(SecretKey key) implements Idempotency.Sealer {
    private static final String PURPOSE = "kept answer";

    @Override
    public byte[] seal(byte[] plain) {
        return key.seal(PURPOSE, plain);
    }

    @Override
    public byte[] unseal(byte[] sealed) {
        return key.unseal(PURPOSE, sealed);
    }
}
