package io.coursewire.catalog;

import io.coursewire.kernel.UserId;

/// How a request names a participant.
public sealed interface UserRef {
    record ById(UserId id) implements UserRef {}

    record ByUsername(String username) implements UserRef {}
}
