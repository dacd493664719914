package io.coursewire.runtime.launch;

import java.util.List;
import org.jdbi.v3.core.Handle;

/// The SQL about calls that the data model refused. The caller owns the transaction.
final class RejectedCallStore {
    /// Those of commits that this session has just taken.
    void insert(Handle db, Session session, List<Commit> taken) {
        var batch =
                db.prepareBatch(
                        """
                        INSERT INTO rejected_call (
                            client_id, session_id, sequence, position, call, element, value, error, at)
                        VALUES (
                            :client, :session, :sequence, :position, :call, :element, :value, :error, :at)
                        """);
        for (var commit : taken) {
            for (int position = 0; position < commit.rejected().size(); position++) {
                var rejected = commit.rejected().get(position);
                batch.bind("client", session.of().client().value())
                        .bind("session", session.of().id().value())
                        .bind("sequence", commit.sequence())
                        .bind("position", position)
                        .bind("call", rejected.call())
                        .bind("element", rejected.element())
                        .bind("value", rejected.value())
                        .bind("error", rejected.error())
                        .bind("at", commit.change().at())
                        .add();
            }
        }
        if (batch.size() > 0) {
            batch.execute();
        }
    }
}
