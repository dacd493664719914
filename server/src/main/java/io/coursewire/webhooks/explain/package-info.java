/// Why an event was or was not sent, and why a signature does or does not verify.
package io.coursewire.webhooks.explain;
