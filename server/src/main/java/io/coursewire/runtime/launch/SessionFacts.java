package io.coursewire.runtime.launch;

import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.Recent;
import io.coursewire.kernel.SessionId;
import io.coursewire.packages.PackageVersions;
import io.coursewire.runtime.AssetModel;
import io.coursewire.runtime.DataModel;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/// What never changes about sessions, kept in memory for those most recently used.
final class SessionFacts {
    static final int KEPT_MAX = 20_000;

    record Known(Session.Of of, DataModel model) {}

    private final SessionStore store = new SessionStore();
    private final Jdbi jdbi;
    private final PackageVersions packages;
    private final Recent<SessionStore.Key, Known> kept = new Recent<>(KEPT_MAX);

    SessionFacts(Jdbi jdbi, PackageVersions packages) {
        this.jdbi = jdbi;
        this.packages = packages;
    }

    /// Empty for an unknown session, and for one that was not opened by that launch.
    Optional<Known> of(CommitRequest request) {
        return of(request.client(), request.session())
                .filter(k -> k.of().launch().equals(request.launch()));
    }

    /// Empty for an unknown session.
    Optional<Known> of(ClientId client, SessionId session) {
        var key = new SessionStore.Key(client, session);
        return kept.get(key, () -> jdbi.withHandle(db -> store.facts(db, key)).map(this::of));
    }

    Known of(Session.Of of) {
        return new Known(of, model(of));
    }

    private DataModel model(Session.Of of) {
        return packages.find(of.client(), of.activity(), of.packageVersion())
                .flatMap(version -> ContentItem.find(version, of.item(), of.mode()))
                .map(ContentItem::model)
                .orElseGet(AssetModel::new);
    }
}
