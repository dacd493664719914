/// Reads the manifests of SCORM 1.2 in all the shapes that tools have given them.
package io.coursewire.packages.scorm12;
