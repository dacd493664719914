/// Bringing a course: zip safety, manifest readers, and the store of what was brought.
package io.coursewire.packages;
