package io.coursewire.webhooks;

import io.coursewire.kernel.ActivityId;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.UserId;

/// What deliveries to one endpoint keep the order of: one participant at one activity.
public record OrderingKey(ClientId client, UserId user, ActivityId activity) {
    public static final int BUCKETS = 64;

    /// The part of the flow that this key belongs to, fixed for good: events already stored carry it.
    public int bucket() {
        long mixed =
                user.value().getMostSignificantBits()
                        ^ Long.rotateLeft(user.value().getLeastSignificantBits(), 17)
                        ^ Long.rotateLeft(activity.value().getMostSignificantBits(), 31)
                        ^ Long.rotateLeft(activity.value().getLeastSignificantBits(), 47);
        mixed = (mixed ^ (mixed >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return (int) ((mixed ^ (mixed >>> 33)) & (BUCKETS - 1));
    }
}
