package io.coursewire.catalog;

import io.coursewire.kernel.ActivityId;
import io.coursewire.kernel.ItemId;

/// An item with its activity; titles are in the client's default language.
public record ItemOfActivity(
        ItemId item,
        String title,
        String type,
        String externalId,
        ActivityId activity,
        String activityTitle,
        String activityType,
        String activityExternalId) {}
