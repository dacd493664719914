/// SCORM 1.2 Run-Time Environment: its data model and what it means.
package io.coursewire.runtime.scorm12;
