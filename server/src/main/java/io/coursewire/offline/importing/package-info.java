/// Imports: files of results taken in as jobs, dry or for good, resumed where they were broken off, undone.
package io.coursewire.offline.importing;
