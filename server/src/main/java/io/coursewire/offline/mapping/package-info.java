/// From the cells of a file, in whatever words and forms their source has, to results.
package io.coursewire.offline.mapping;
