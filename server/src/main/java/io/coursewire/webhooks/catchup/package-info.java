/// For subscribers who missed something: the feed of all events, and sending them again.
package io.coursewire.webhooks.catchup;
