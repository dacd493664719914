package io.coursewire.offline.reading;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/// The forms in which results come, by their media types.
public enum FileForm {
    CSV("text/csv"),
    XLSX("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    NDJSON("application/x-ndjson");

    private final String mediaType;

    FileForm(String mediaType) {
        this.mediaType = mediaType;
    }

    public String mediaType() {
        return mediaType;
    }

    public static Optional<FileForm> of(String mediaType) {
        return Arrays.stream(values()).filter(form -> form.mediaType.equals(mediaType)).findFirst();
    }

    /// @throws UnreadableFile when it is none
    public Rows open(Path file, TextForm given) throws IOException {
        return switch (this) {
            case CSV -> CsvRows.open(file, given);
            case XLSX -> XlsxRows.open(file);
            case NDJSON -> JsonRows.open(file);
        };
    }
}
