/// One request to one endpoint: where it may go, what it carries, and what came back.
package io.coursewire.webhooks.sending;
