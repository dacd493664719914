/// Reads manifests that nobody vouches for: no DTDs, no entities, limits on everything, every encoding.
package io.coursewire.packages.xml;
