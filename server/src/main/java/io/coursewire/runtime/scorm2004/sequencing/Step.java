package io.coursewire.runtime.scorm2004.sequencing;

/// One reason on the way to a decision.
///
/// @param clause the process of the specification, as `UP.5` or `SB.2.9-3`
/// @param activity item identifier, empty where none is concerned
/// @param decided what was decided, for people
public record Step(String clause, String activity, String decided) {}
