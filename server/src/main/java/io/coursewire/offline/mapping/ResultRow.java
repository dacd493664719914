package io.coursewire.offline.mapping;

import io.coursewire.attempts.GivenResult;
import io.coursewire.kernel.ActivityId;
import io.coursewire.kernel.ItemId;
import io.coursewire.kernel.UserId;
import java.util.Optional;

/// One row of a file, understood: whose result, at what, which.
public record ResultRow(
        long line,
        Who who,
        What what,
        Optional<String> recordId,
        Optional<Integer> number,
        GivenResult result) {
    /// A participant by any of three names; the others are for one who is to be created.
    public record Who(
            Optional<UserId> id,
            Optional<String> username,
            Optional<String> externalId,
            Optional<String> firstName,
            Optional<String> lastName,
            Optional<String> email) {}

    /// An item by id or external id, among those of an activity where one is named.
    public record What(
            Optional<ItemId> item,
            Optional<String> itemExternalId,
            Optional<ActivityId> activity,
            Optional<String> activityExternalId,
            Titles titles) {}

    /// What an item that is to be created is called.
    public record Titles(
            Optional<String> item,
            Optional<String> itemType,
            Optional<String> activity,
            Optional<String> activityType) {}
}
