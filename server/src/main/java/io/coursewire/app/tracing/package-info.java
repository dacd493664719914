/// What happens to a request, a commit and a webhook, told to whoever collects traces.
package io.coursewire.app.tracing;
