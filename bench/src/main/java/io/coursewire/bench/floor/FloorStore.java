package io.coursewire.bench.floor;

import io.coursewire.kernel.Uuid;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;

/// The floor's one table.
final class FloorStore {
    private final Jdbi jdbi;

    FloorStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    void create() {
        jdbi.useHandle(
                db ->
                        db.execute(
                                "CREATE TABLE floor_message (id uuid PRIMARY KEY, payload bytea NOT NULL)"));
    }

    List<Boolean> insert(List<byte[]> payloads) {
        jdbi.useHandle(
                db ->
                        db.createUpdate(
                                        "INSERT INTO floor_message (id, payload) SELECT * FROM unnest(:ids, :payloads)")
                                .bindArray(
                                        "ids",
                                        UUID.class,
                                        Stream.generate(Uuid::next).limit(payloads.size()).toList())
                                .bindArray("payloads", byte[].class, payloads)
                                .execute());
        return Collections.nCopies(payloads.size(), true);
    }
}
