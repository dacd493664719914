package io.coursewire.webhooks.delivery;

import io.coursewire.webhooks.OutboxEvent;

/// An event that this node is to deliver. `again` when an earlier owner of the bucket may have
/// delivered it to some endpoints already.
record Claimed(long position, int bucket, long epoch, boolean again, OutboxEvent event) {}
