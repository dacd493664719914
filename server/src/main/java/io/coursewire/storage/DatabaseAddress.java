package io.coursewire.storage;

import io.coursewire.kernel.InvalidInput;
import java.net.URI;
import java.net.URISyntaxException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;

/// Where a database is and how to get in. The password is never part of a text.
public record DatabaseAddress(String jdbcUrl, String user, String password) {
    private static final String JDBC = "jdbc:";

    /// Takes `postgresql://user:password@host:port/database` and its JDBC form. User and password given
    /// apart win over those in the URL.
    public static DatabaseAddress parse(
            String url, Optional<String> user, Optional<String> password) {
        URI uri = parse(url.startsWith(JDBC) ? url.substring(JDBC.length()) : url);
        String[] inUrl = userInfo(uri);
        return new DatabaseAddress(
                JDBC + "postgresql://" + authority(uri) + uri.getRawPath() + query(uri),
                user.orElse(inUrl[0]),
                password.orElse(inUrl[1]));
    }

    /// A connection outside any pool, without the pool's limits.
    public Connection connect() throws SQLException {
        var login = new Properties();
        login.setProperty("user", user);
        login.setProperty("password", password);
        login.setProperty("connectTimeout", "5");
        login.setProperty("ApplicationName", "coursewire");
        return DriverManager.getConnection(jdbcUrl, login);
    }

    private static URI parse(String text) {
        try {
            URI uri = new URI(text);
            boolean postgres =
                    "postgresql".equals(uri.getScheme()) || "postgres".equals(uri.getScheme());
            if (postgres && uri.getRawAuthority() != null && uri.getRawPath().length() > 1) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Said below, without the text: it may hold a password.
        }
        throw new InvalidInput(
                "database-url",
                "is not a PostgreSQL URL; write it like postgresql://host:5432/database");
    }

    private static String[] userInfo(URI uri) {
        String authority = uri.getAuthority();
        int at = authority.lastIndexOf('@');
        String[] parts = at < 0 ? new String[0] : authority.substring(0, at).split(":", 2);
        return new String[] {
            parts.length > 0 ? parts[0] : "", parts.length > 1 ? parts[1] : "",
        };
    }

    private static String authority(URI uri) {
        String authority = uri.getRawAuthority();
        return authority.substring(authority.lastIndexOf('@') + 1);
    }

    private static String query(URI uri) {
        return uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    }

    /// The URL without its parameters, which may hold secrets.
    @Override
    public String toString() {
        int query = jdbcUrl.indexOf('?');
        return query < 0 ? jdbcUrl : jdbcUrl.substring(0, query);
    }
}
