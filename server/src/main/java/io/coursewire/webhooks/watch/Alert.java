package io.coursewire.webhooks.watch;

import io.coursewire.kernel.ClientId;
import java.util.Optional;

/// Something that an operator should know. `subject` tells apart what the same kind is about.
public record Alert(Kind kind, String subject, Optional<ClientId> client, String detail) {
    public enum Kind {
        ENDPOINT_DISABLED("endpoint-disabled"),
        ENDPOINT_ENABLED("endpoint-enabled"),
        ENDPOINT_STOPPED("endpoint-stopped"),
        BACKLOG("backlog"),
        LEDGER("ledger"),
        DISK("disk");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }
}
