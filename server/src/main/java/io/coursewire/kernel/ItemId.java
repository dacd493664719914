package io.coursewire.kernel;

import java.util.Optional;
import java.util.UUID;

/// A launch-able training item.
public record ItemId(UUID value) {
    public static ItemId next() {
        return new ItemId(Uuid.next());
    }

    /// Empty unless the text is a UUID in its 36-character form.
    public static Optional<ItemId> parse(String text) {
        return Uuid.parse(text).map(ItemId::new);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
