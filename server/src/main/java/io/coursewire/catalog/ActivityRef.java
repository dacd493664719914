package io.coursewire.catalog;

import io.coursewire.kernel.ActivityId;

/// How a request names an activity.
public sealed interface ActivityRef {
    record ById(ActivityId id) implements ActivityRef {}

    record ByExternalId(String externalId) implements ActivityRef {}
}
