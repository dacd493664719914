package io.coursewire.storage;

import io.coursewire.storage.embedded.TestServer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A database of a test class's own on the real PostgreSQL, made on first use and dropped after the
/// class. Its sessions are in a time zone that is never UTC and has odd offsets.
///
/// ```java
/// @RegisterExtension static final TestDatabase db = TestDatabase.migrated();
/// ```
public final class TestDatabase implements BeforeAllCallback, AfterAllCallback {
    // Processes may share a server.
    private static final String PREFIX = "test_" + ProcessHandle.current().pid() + "_";
    private static final String TEMPLATE = PREFIX + "migrated";
    private static final String TIME_ZONE = "SET TIME ZONE 'Pacific/Chatham';";
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static boolean templateMade;

    private final String template;
    private final String name = PREFIX + COUNT.incrementAndGet();
    private final Deque<Runnable> users = new ArrayDeque<>();
    private Database database;

    private TestDatabase(String template) {
        this.template = template;
    }

    /// With all tables, empty.
    public static TestDatabase migrated() {
        return new TestDatabase(TEMPLATE);
    }

    /// Without any table.
    public static TestDatabase bare() {
        return new TestDatabase("template0");
    }

    public Jdbi jdbi() {
        return database().jdbi();
    }

    /// For what opens the database by itself, such as a whole server.
    public DatabaseAddress address() {
        database();
        return TestServer.address(name);
    }

    public synchronized Database database() {
        if (database == null) {
            makeTemplate();
            admin("CREATE DATABASE " + name + " TEMPLATE " + template);
            database = Database.open(TestServer.address(name), TIME_ZONE);
        }
        return database;
    }

    /// Is called before the database is closed: what uses it ends then, the last one first.
    public void beforeClose(Runnable user) {
        users.push(user);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        database();
    }

    @Override
    public synchronized void afterAll(ExtensionContext context) {
        users.forEach(Runnable::run);
        users.clear();
        if (database != null) {
            database.close();
            database = null;
            admin("DROP DATABASE " + name + " WITH (FORCE)");
        }
    }

    private static synchronized void makeTemplate() {
        if (!templateMade) {
            admin("CREATE DATABASE " + TEMPLATE);
            if (TestServer.outlivesTests()) {
                var drop = new Thread(() -> admin("DROP DATABASE " + TEMPLATE));
                Runtime.getRuntime().addShutdownHook(drop);
            }
            Migrations.apply(TestServer.address(TEMPLATE));
            templateMade = true;
        }
    }

    private static void admin(String sql) {
        var address = TestServer.address("postgres");
        Jdbi.create(address.jdbcUrl(), address.user(), address.password())
                .useHandle(db -> db.execute(sql));
    }
}
