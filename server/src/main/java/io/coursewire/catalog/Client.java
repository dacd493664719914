package io.coursewire.catalog;

import io.coursewire.kernel.ClientId;
import java.util.List;

/// An organization. `returnOrigins` are where its participants may be sent back to after a launch.
public record Client(
        ClientId id,
        String name,
        Language defaultLanguage,
        List<ReturnOrigin> returnOrigins,
        ClientSettings settings) {
    public Client {
        returnOrigins = List.copyOf(returnOrigins);
    }
}
