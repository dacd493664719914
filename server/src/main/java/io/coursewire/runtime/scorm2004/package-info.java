/// SCORM 2004, 2nd to 4th edition: the data model of one SCO, as the server keeps it.
package io.coursewire.runtime.scorm2004;
