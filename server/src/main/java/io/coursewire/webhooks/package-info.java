/// Telling the world: subscriptions, the outbox, and deliveries that lose nothing.
///
/// An event's way: [Outbox] writes it in the transaction of the change it tells of; the owner of its
/// bucket claims it, sends it to every endpoint that wants it, and records what became of it.
package io.coursewire.webhooks;
