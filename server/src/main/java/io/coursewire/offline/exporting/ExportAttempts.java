package io.coursewire.offline.exporting;

import io.coursewire.attempts.AttemptFilter;
import io.coursewire.attempts.ReadAttempts;
import io.coursewire.attempts.ReadAttempts.Known;
import io.coursewire.kernel.AttemptId;
import io.coursewire.kernel.ClientId;
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

    private static final int PAGE_ROWS = 2_000;

    private final ReadAttempts attempts;

    public ExportAttempts(ReadAttempts attempts) {
        this.attempts = attempts;
    }

    public void write(ClientId client, AttemptFilter filter, FileForm form, OutputStream out)
            throws IOException {
        try (var export = ExportForm.of(form, out);
                var pages = new PagesAhead<Known>(before -> pageAfter(client, filter, before))) {
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
        return attempts.byId(client, filter, after, PAGE_ROWS);
    }
}
