package io.coursewire.catalog;

import io.coursewire.kernel.ItemId;

/// How a request names an item.
public sealed interface ItemRef {
    record ById(ItemId id) implements ItemRef {}

    record ByExternalId(String externalId) implements ItemRef {}
}
