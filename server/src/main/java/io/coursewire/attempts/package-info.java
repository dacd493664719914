/// The heart: what was reported about an attempt becomes its AttemptStatus and the events that tell it.
package io.coursewire.attempts;
