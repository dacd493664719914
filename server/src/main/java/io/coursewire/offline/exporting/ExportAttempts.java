package io.coursewire.offline.exporting;

import io.coursewire.attempts.AttemptFilter;
import io.coursewire.attempts.ReadAttempts;
import io.coursewire.attempts.ReadAttempts.Known;
import io.coursewire.kernel.AttemptId;
import io.coursewire.kernel.ClientId;
import io.coursewire.offline.ReadAhead;
import io.coursewire.offline.reading.FileForm;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Writes out a client's attempts, however many, page by page: no more of them in memory than three pages, no
/// transaction held while a slow reader takes its time.
public final class ExportAttempts {
    /// The forms, by the ending of the file's name.
    public static final Map<String, FileForm> ENDINGS = ExportForm.ENDINGS;

    private static final int FIRST_PAGE_ROWS = 100;
    private static final int PAGE_ROWS_MAX = 5_000;

    /// About what a page of attempts takes up, of which a few are in memory at a time.
    private static final long PAGE_BYTES = 4L * 1024 * 1024;

    private final ReadAttempts attempts;

    public ExportAttempts(ReadAttempts attempts) {
        this.attempts = attempts;
    }

    public void write(ClientId client, AttemptFilter filter, FileForm form, OutputStream out)
            throws IOException {
        try (var export = ExportForm.of(form, out);
                var pages =
                        new ReadAhead<Known>(
                                "reading an export", before -> pageAfter(client, filter, before))) {
            for (var page = pages.next(); !page.isEmpty(); page = pages.next()) {
                for (var attempt : page) {
                    export.add(attempt.payload());
                }
            }
        }
    }

    private List<Known> pageAfter(ClientId client, AttemptFilter filter, List<Known> before) {
        var after =
                before.isEmpty() ? Optional.<AttemptId>empty() : Optional.of(before.getLast().id());
        return attempts.byId(client, filter, after, rowsAfter(before));
    }

    /// As many as are about a page by the size of those before.
    static int rowsAfter(List<Known> before) {
        if (before.isEmpty()) {
            return FIRST_PAGE_ROWS;
        }
        long bytes = before.stream().mapToLong(known -> known.payload().bytes().length).sum();
        long rows = PAGE_BYTES * before.size() / Math.max(1, bytes);
        return (int) Math.clamp(rows, 1, Math.min(PAGE_ROWS_MAX, before.size() * 8L));
    }
}
