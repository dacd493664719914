package io.coursewire.offline.importing;

import io.coursewire.offline.mapping.ReadRow;
import io.coursewire.offline.reading.Row;

/// A row of the file and what was read from it.
record Line(Row row, ReadRow.Outcome read) {}
