package io.coursewire.packages;

import io.coursewire.kernel.Recent;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/// Finds files by content key and path. What a key and path mean never changes, so the most recently used
/// are kept; what is not there is asked again each time.
public final class ContentFiles {
    public static final int KEPT_MAX = 20_000;

    private record Name(String contentKey, String path) {}

    private final Jdbi jdbi;
    private final ContentFileStore store = new ContentFileStore();
    private final Recent<Name, ContentFile> recent = new Recent<>(KEPT_MAX);

    public ContentFiles(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /// @param path of plain names with `/`, upper and lower case aside
    public Optional<ContentFile> find(String contentKey, String path) {
        return recent.get(
                new Name(contentKey, path),
                () -> jdbi.withHandle(db -> store.find(db, contentKey, path)));
    }
}
