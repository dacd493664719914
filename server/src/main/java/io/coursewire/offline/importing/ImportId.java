package io.coursewire.offline.importing;

import io.coursewire.kernel.Uuid;
import java.util.Optional;
import java.util.UUID;

/// An import of one client.
public record ImportId(UUID value) {
    public static ImportId next() {
        return new ImportId(Uuid.next());
    }

    /// Empty unless the text is a UUID in its 36-character form.
    public static Optional<ImportId> parse(String text) {
        return Uuid.parse(text).map(ImportId::new);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
