package io.coursewire.api;

import io.coursewire.api.keys.ApiKeys;
import io.coursewire.catalog.AnonymiseParticipant;
import io.coursewire.catalog.Clients;
import io.coursewire.catalog.Participants;
import io.coursewire.catalog.RelabelActivity;
import io.coursewire.catalog.Training;
import io.coursewire.kernel.Uuid;
import io.coursewire.storage.TestDatabase;
import java.time.Clock;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/// The resources of catalog and keys over a real database, with an admin key that tests know.
final class CatalogApi {
    static final String ADMIN = "the-operators-own-admin-key";

    private CatalogApi() {}

    static RunningApi over(TestDatabase db) {
        var clock = Clock.systemUTC();
        var clients = new Clients(db.jdbi(), clock);
        var keys = new ApiKeys(db.jdbi(), clock);
        keys.useAdminKey(ADMIN);
        return new RunningApi(
                new Api(
                        keys,
                        clients::exist,
                        new Idempotency(db.jdbi(), new Mirrored(), clock),
                        resources(db.jdbi(), clock, clients, keys)));
    }

    static List<Resource> resources(Jdbi jdbi, Clock clock, Clients clients, ApiKeys keys) {
        return List.of(
                new ClientsResource(clients),
                new UsersResource(
                        new Participants(jdbi, clock),
                        new AnonymiseParticipant(jdbi, clock, List.of())),
                new ActivitiesResource(
                        new Training(jdbi, clock), new RelabelActivity(jdbi, clock), clients),
                new KeysResource(keys));
    }

    /// A new client; its path below the API, and a key of its own.
    record TestClient(String id, String path, String key) {}

    static TestClient givenClient(RunningApi api) {
        var id = "c-" + Uuid.next();
        var path = "/api/v1/clients/" + id;
        api.put(ADMIN, path, "{\"name\":\"Company\",\"defaultLanguage\":\"en\"}");
        var key =
                api.post(ADMIN, path + "/keys", "{\"name\":\"test\"}").json().get("key").asString();
        return new TestClient(id, path, key);
    }

    /// Not a cipher, but no plain text either.
    static final class Mirrored implements Idempotency.Sealer {
        @Override
        public byte[] seal(byte[] plain) {
            var mirrored = new byte[plain.length];
            for (int i = 0; i < plain.length; i++) {
                mirrored[plain.length - 1 - i] = (byte) (plain[i] ^ 0x5a);
            }
            return mirrored;
        }

        @Override
        public byte[] unseal(byte[] sealed) {
            return seal(sealed);
        }
    }
}
