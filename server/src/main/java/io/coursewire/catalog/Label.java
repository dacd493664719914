package io.coursewire.catalog;

/// What a training item is called and what kind of thing it is.
public record Label(Titles titles, TrainingType type, String externalId) {
    public static final int EXTERNAL_ID_CHARS_MAX = 1_000;
}
