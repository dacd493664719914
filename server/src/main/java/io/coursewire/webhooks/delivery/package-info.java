/// From a committed event to a recorded fate: claim, send, record.
///
/// One thread per node, [Deliver], does everything that touches the database; requests run on virtual
/// threads and hand their outcomes back to it. So nothing here needs a lock in the database but the one
/// on the bucket's epoch, and no connection is held while a request is under way.
package io.coursewire.webhooks.delivery;
