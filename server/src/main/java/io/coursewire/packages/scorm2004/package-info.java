/// SCORM 2004 manifests: the activity tree with everything that affects run time, and its reader for the second, third and fourth
/// edition.
package io.coursewire.packages.scorm2004;
