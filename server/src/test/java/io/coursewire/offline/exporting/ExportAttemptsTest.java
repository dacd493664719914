package io.coursewire.offline.exporting;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.attempts.Payload;
import io.coursewire.attempts.ReadAttempts.Known;
import io.coursewire.kernel.AttemptId;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What an export holds in memory does not depend on how much each attempt says.
class ExportAttemptsTest {
    private static List<Known> page(int rows, int bytes) {
        return Collections.nCopies(rows, new Known(AttemptId.next(), new Payload(new byte[bytes])));
    }

    @Test
    void pages_have_as_many_rows_as_their_size_allows() {
        assertThat(ExportAttempts.rowsAfter(List.of())).isEqualTo(100);
        assertThat(ExportAttempts.rowsAfter(page(100, 700))).isEqualTo(800);
        assertThat(ExportAttempts.rowsAfter(page(5_000, 700))).isEqualTo(5_000);
        assertThat(ExportAttempts.rowsAfter(page(100, 1 << 20))).isEqualTo(4);
        assertThat(ExportAttempts.rowsAfter(page(3, 4 << 20))).isEqualTo(1);
    }
}
