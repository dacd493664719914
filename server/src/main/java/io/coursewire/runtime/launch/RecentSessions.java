package io.coursewire.runtime.launch;

import io.coursewire.kernel.Recent;
import io.coursewire.runtime.launch.SessionStore.Key;
import io.coursewire.runtime.launch.SessionStore.Written;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/// Sessions as this node wrote them last, so that their next commit reads nothing. Never trusted: who writes
/// one checks in the same statement that nobody else did meanwhile.
final class RecentSessions {
    private static final long CHARS_MAX =
            Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 32);
    private static final int CHARS_BESIDE_ELEMENTS = 500;

    private final SessionStore store;
    private final Recent<Key, Written> kept = new Recent<>(CHARS_MAX, RecentSessions::chars);

    RecentSessions(SessionStore store) {
        this.store = store;
    }

    /// Reads those that are not remembered.
    Map<Key, Written> take(Handle db, List<Session.Of> wanted) {
        var sessions = new HashMap<Key, Written>();
        var unknown = new ArrayList<Session.Of>();
        for (var of : wanted) {
            kept.get(of.key())
                    .ifPresentOrElse(
                            written -> sessions.put(of.key(), written), () -> unknown.add(of));
        }
        if (!unknown.isEmpty()) {
            sessions.putAll(store.read(db, unknown));
        }
        return sessions;
    }

    /// After the commit of that transaction.
    void remember(Collection<Session> sessions, int transaction) {
        sessions.forEach(s -> kept.put(s.of().key(), new Written(s, transaction, true)));
    }

    void forget(Collection<Key> keys) {
        keys.forEach(kept::forget);
    }

    private static long chars(Written written) {
        return CHARS_BESIDE_ELEMENTS + SessionRules.chars(written.session().elements());
    }
}
