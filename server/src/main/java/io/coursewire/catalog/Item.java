package io.coursewire.catalog;

import io.coursewire.kernel.ActivityId;
import io.coursewire.kernel.ItemId;

/// A launch-able training item.
///
/// @param counts whether its activity waits for it to be completed
public record Item(ItemId id, ActivityId activity, Label label, boolean counts) {}
