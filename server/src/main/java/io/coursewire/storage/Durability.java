package io.coursewire.storage;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Whether a server keeps what it has committed, whatever happens: by its own word.
public final class Durability {
    private static final List<String> NEEDED =
            List.of("fsync", "full_page_writes", "synchronous_commit");

    private Durability() {}

    /// What is switched off, such as `fsync is off`; empty when all is well.
    public static List<String> faults(Connection connection) throws SQLException {
        var faults = new ArrayList<String>();
        try (var statement = connection.createStatement()) {
            for (String setting : NEEDED) {
                try (var row = statement.executeQuery("SHOW " + setting)) {
                    row.next();
                    if (row.getString(1).equals("off")) {
                        faults.add(setting + " is off");
                    }
                }
            }
        }
        return faults;
    }
}
