package io.coursewire.app.demo;

import java.math.BigDecimal;
import java.time.OffsetDateTime;

/// What a {@link Learner} did with one question. `result` is SCORM 1.2's word.
public record Answered(
        int number,
        Question question,
        String response,
        String result,
        BigDecimal latencySeconds,
        OffsetDateTime at) {}
