package io.coursewire.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Whose requests get how many of the pool's connections.
class SharesTest {
    @RegisterExtension static final TestDatabase db = TestDatabase.bare();

    private final Shares shares =
            new Shares((HikariDataSource) db.database().dataSource(), Duration.ofMillis(50));
    private final Deque<Connection> open = new ArrayDeque<>();

    @Test
    void a_party_has_its_share_and_others_theirs() throws SQLException {
        take("a", Shares.PARTY_MAX);
        assertThatThrownBy(() -> take("a", 1)).isInstanceOf(Overloaded.class);
        take("b", Shares.ALL_MAX - Shares.PARTY_MAX);
        giveBackAll();
    }

    @Test
    void all_parties_leave_some_to_the_server_itself() throws SQLException {
        take("a", Shares.PARTY_MAX);
        take("b", Shares.ALL_MAX - Shares.PARTY_MAX);
        assertThatThrownBy(() -> take("c", 1)).isInstanceOf(Overloaded.class);
        for (int i = Shares.ALL_MAX; i < Database.CONNECTIONS_MAX; i++) {
            open.add(shares.openConnection());
        }
        giveBackAll();
    }

    @Test
    void what_is_given_back_serves_the_next() throws SQLException {
        for (int round = 0; round < 3; round++) {
            take("a", Shares.PARTY_MAX);
            assertThatThrownBy(() -> take("a", 1)).isInstanceOf(Overloaded.class);
            shares.closeConnection(open.removeFirst());
            take("a", 1);
            giveBackAll();
        }
    }

    @Test
    void a_connection_that_cannot_be_had_leaves_the_share_whole() throws SQLException {
        var closed = Database.open(db.address());
        var broken = new Shares((HikariDataSource) closed.dataSource(), Duration.ofMillis(50));
        closed.close();
        for (int i = 0; i <= Shares.PARTY_MAX; i++) {
            assertThatThrownBy(() -> Shares.onBehalfOf("a", () -> opened(broken)))
                    .hasCauseInstanceOf(SQLException.class);
        }
        assertThat(broken.parties()).isZero();
    }

    private void take(String party, int count) {
        for (int i = 0; i < count; i++) {
            open.add(Shares.onBehalfOf(party, () -> opened(shares)));
        }
    }

    private void giveBackAll() throws SQLException {
        while (!open.isEmpty()) {
            shares.closeConnection(open.removeFirst());
        }
        assertThat(shares.parties()).isZero();
    }

    private static Connection opened(Shares shares) {
        try {
            return shares.openConnection();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
