package io.coursewire.offline.importing;

import io.coursewire.kernel.ClientId;
import io.coursewire.offline.reading.FileForm;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// One file of results, and how far it has been taken in. `mapping` is its JSON form. `total` is empty until the
/// rows are counted; `undoneBy` is the key that asked to undo it.
public record Import(
        ClientId client,
        ImportId id,
        State state,
        Task task,
        Counts counts,
        Optional<String> failure,
        Optional<String> undoneBy,
        Instant createdAt,
        Optional<Instant> endedAt) {
    public enum State {
        QUEUED,
        RUNNING,
        DONE,
        FAILED,
        UNDONE;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// What is to be done, and by whose will.
    public record Task(
            FileForm form,
            Options options,
            String mapping,
            String author,
            Optional<ImportId> shownBy,
            List<String> header,
            List<String> warnings) {
        public Task {
            header = List.copyOf(header);
            warnings = List.copyOf(warnings);
        }
    }

    public record Counts(
            Optional<Long> total,
            long done,
            int batches,
            long created,
            long updated,
            long unchanged,
            long refused,
            long differences) {
        static final Counts NONE = new Counts(Optional.empty(), 0, 0, 0, 0, 0, 0, 0);
    }
}
