package io.coursewire.catalog;

import io.coursewire.kernel.ActivityId;
import java.util.List;
import java.util.Optional;

/// A top-level training item with its items, in their order; those that a newer package version lacks are
/// left out. `content` is empty for training without a package.
public record Activity(ActivityId id, Label label, Optional<Content> content, List<Item> items) {
    public static final int ITEMS_MAX = 5_000;

    /// The package version that new course attempts get.
    public record Content(String standard, int version) {}

    public Activity {
        items = List.copyOf(items);
    }

    Activity with(List<Item> others) {
        return new Activity(id, label, content, others);
    }
}
