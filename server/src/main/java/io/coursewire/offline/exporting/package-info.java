/// Attempts written out, streamed, in forms that can be imported again.
package io.coursewire.offline.exporting;
