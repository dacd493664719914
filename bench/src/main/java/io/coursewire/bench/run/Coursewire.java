package io.coursewire.bench.run;

import io.coursewire.app.Main;
import io.coursewire.storage.DatabaseAddress;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The product as it runs in production, in a process of its own.
record Coursewire(JavaProcess process, String key) implements AutoCloseable {
    static Coursewire start(Path folder, DatabaseAddress database, List<String> javaOptions)
            throws IOException {
        String key = "cwa.bench." + java.util.UUID.randomUUID();
        var arguments =
                List.of(
                        "serve",
                        "--port=0",
                        "--content-port=0",
                        "--data-dir=" + folder.resolve("coursewire"),
                        "--allow-target=127.0.0.0/8");
        Map<String, String> environment = new HashMap<>(environment(database));
        environment.put("COURSEWIRE_ADMIN_KEY", key);
        var program = new JavaProcess.Program(javaOptions, Main.class, arguments);
        return new Coursewire(
                JavaProcess.start(program, environment, folder.resolve("coursewire.log")), key);
    }

    static Map<String, String> environment(DatabaseAddress database) {
        return Map.of(
                "COURSEWIRE_DATABASE_URL", database.jdbcUrl(),
                "COURSEWIRE_DATABASE_USER", database.user(),
                "COURSEWIRE_DATABASE_PASSWORD", database.password());
    }

    URI api() {
        return URI.create(process.ready("api"));
    }

    URI content() {
        return URI.create(process.ready("content"));
    }

    @Override
    public void close() {
        process.close();
    }
}
