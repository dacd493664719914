package io.coursewire.attempts;

import java.math.BigDecimal;
import java.util.Optional;

/// One thing that happened to an attempt: content said something, was opened, or was left.
///
/// `content` is empty where content said nothing (opening, vanishing). `presence` is where the
/// participant is afterwards. `addedSeconds` is what this adds to the attempt's duration: negative when a
/// session's first count is corrected by content's own.
public record Report(
        AttemptKey attempt,
        Optional<RuntimeReport> content,
        Presence presence,
        BigDecimal addedSeconds) {}
