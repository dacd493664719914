package io.coursewire.webhooks.delivery;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// Where events to deliver come from.
///
/// Promises: events of one ordering key come in the order in which they happened; a bucket has one
/// owner at a time, told apart by an epoch that rises with every change; an event comes again, to this
/// or to the next owner, until it is acknowledged.
interface EventFeed extends AutoCloseable {
    /// What this node owns now. It is what [#poll] goes by until the next look: whoever polls and what it
    /// polls must not see different owners.
    Share look();

    /// To be called for leaving buckets of which nothing is in work any more.
    void giveBack(Set<Integer> buckets);

    /// The next events of the owned buckets that were not handed out since these became owned. Does not
    /// wait for any; hands out no more than there is room for, but at least one if there is one and there is
    /// room at all; where it fails, nothing was handed out.
    List<Claimed> poll(Room room);

    /// Those of the buckets that are still owned under these epochs, and will be until the transaction
    /// ends. What happened under a lost epoch must not be recorded.
    Set<Integer> hold(Handle db, Map<Integer, Long> epochs);

    /// Takes events out of the feed when the transaction commits. Answers the positions of those that were still
    /// in it: one whose transaction was lost from sight with its connection may be out already.
    Set<Long> acknowledge(Handle db, Collection<Claimed> events);

    /// Gives every bucket back.
    @Override
    void close();
}
