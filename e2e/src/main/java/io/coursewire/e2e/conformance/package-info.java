/// Replays conformance cases through the real player in a browser.
package io.coursewire.e2e.conformance;
