/// The sequencing engine of SCORM 2004 (Sequencing and Navigation, fourth edition): pure functions over an immutable activity tree and
/// a stored tracking state. `Sequencer` is the way in; the behaviours are named as in the specification.
package io.coursewire.runtime.scorm2004.sequencing;
