package io.coursewire.webhooks;

import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.Json;
import io.coursewire.kernel.UserId;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.node.ObjectNode;

/// Takes a person's name out of the payloads that are stored, those included that wait to be sent.
public final class AnonymiseEvents {
    private final HistoryStore store = new HistoryStore();

    public void anonymise(Handle db, ClientId client, UserId user, String newUsername) {
        store.rewrite(db, client, user, payload -> renamed(payload, newUsername));
    }

    private static byte[] renamed(byte[] payload, String newUsername) {
        var json = (ObjectNode) Json.MAPPER.readTree(payload);
        if (json.get("user") instanceof ObjectNode user) {
            user.put("username", newUsername);
        }
        return Json.MAPPER.writeValueAsBytes(json);
    }
}
