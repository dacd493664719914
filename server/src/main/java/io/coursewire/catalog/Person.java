package io.coursewire.catalog;

import io.coursewire.kernel.UserId;

/// A participant, and the external id if there is one, else "".
public record Person(UserId id, String username, String externalId) {}
