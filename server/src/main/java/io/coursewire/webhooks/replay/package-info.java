/// Sends past events again: with a preview, a filter, a cap of the rate, progress and an end at any time.
///
/// A replay goes beside the flow of new events: it has connections and a rate of its own, and no lane waits
/// for it.
package io.coursewire.webhooks.replay;
