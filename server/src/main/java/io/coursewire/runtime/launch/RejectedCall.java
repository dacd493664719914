package io.coursewire.runtime.launch;

/// A call of content that the data model refused, with the error code that content was given.
public record RejectedCall(String call, String element, String value, String error) {
    public static final int CHARS_MAX = 4_096;
    public static final int AT_ONCE_MAX = 200;
}
