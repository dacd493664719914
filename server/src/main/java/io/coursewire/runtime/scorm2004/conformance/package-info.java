/// Replays conformance cases on the sequencing engine, with a stand-in for the browser's data model.
package io.coursewire.runtime.scorm2004.conformance;
