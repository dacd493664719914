package io.coursewire.offline.importing;

import io.coursewire.kernel.AttemptId;
import java.util.UUID;

/// A row that was taken before, by this import or another. In a dry run the attempt of a row of the same file is one
/// that would be.
record Known(int generation, AttemptId attempt, UUID fingerprint, ImportId by, long line) {}
