package io.coursewire.attempts;

import io.coursewire.kernel.ActivityId;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.UserId;

/// A participant at an activity.
public record ActivityKey(ClientId client, UserId user, ActivityId activity) {}
