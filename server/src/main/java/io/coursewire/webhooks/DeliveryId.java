package io.coursewire.webhooks;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/// One event at one endpoint. Derived from both, so a delivery can be named before it is tried, and an
/// id alone tells where its row is.
public record DeliveryId(UUID event, EndpointId endpoint) {
    private static final int BYTES = 32;

    /// 43 characters of base64url.
    public String text() {
        var bytes =
                ByteBuffer.allocate(BYTES)
                        .putLong(event.getMostSignificantBits())
                        .putLong(event.getLeastSignificantBits())
                        .putLong(endpoint.value().getMostSignificantBits())
                        .putLong(endpoint.value().getLeastSignificantBits());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    public static Optional<DeliveryId> parse(String text) {
        try {
            var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            if (bytes.remaining() != BYTES) {
                return Optional.empty();
            }
            var event = new UUID(bytes.getLong(), bytes.getLong());
            return Optional.of(
                    new DeliveryId(
                            event, new EndpointId(new UUID(bytes.getLong(), bytes.getLong()))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return text();
    }
}
