package io.coursewire.attempts;

import io.coursewire.catalog.PersonalData;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.Json;
import io.coursewire.kernel.UserId;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.node.ObjectNode;

/// Takes a person's name out of the attempts that are stored. The result stays, of nobody in particular;
/// it has not changed, so nobody is told.
public final class AnonymiseAttempts implements PersonalData {
    private final AnonymiseStore store = new AnonymiseStore();

    @Override
    public void anonymise(Handle db, ClientId client, UserId user, String newUsername) {
        store.lock(db, client, user)
                .forEach(
                        stored ->
                                store.rewrite(
                                        db,
                                        client,
                                        stored,
                                        renamed(stored.payload().bytes(), newUsername),
                                        newUsername));
    }

    /// The same object with another username, every other byte as it was.
    public static Payload renamed(byte[] payload, String newUsername) {
        var json = (ObjectNode) Json.MAPPER.readTree(payload);
        ((ObjectNode) json.get("user")).put("username", newUsername);
        return new Payload(Json.MAPPER.writeValueAsBytes(json));
    }
}
