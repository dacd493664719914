package io.coursewire.offline;

/// What is wrong with one field of a result, by its AttemptStatus name, and what to do about it: the message
/// completes a sentence that begins with the field.
public record Fault(String field, String message) {}
