/// What operators see of the flow: measures, the sum that must always come out, and alerts.
package io.coursewire.webhooks.watch;
