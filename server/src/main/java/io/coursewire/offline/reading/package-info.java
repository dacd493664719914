/// Files that nobody vouches for, read into rows of named cells: one at a time, within limits, whatever their size.
package io.coursewire.offline.reading;
