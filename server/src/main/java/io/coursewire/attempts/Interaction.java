package io.coursewire.attempts;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/// One question that content asked and the answer it got. Responses and patterns are verbatim; several
/// correct patterns are joined with ` || `.
public record Interaction(
        int number,
        String id,
        Optional<QuestionType> questionType,
        Optional<String> description,
        Optional<String> learnerResponse,
        Optional<String> correctResponse,
        Optional<InteractionResult> result,
        Optional<BigDecimal> weighting,
        Optional<BigDecimal> latencySeconds,
        Optional<Instant> timestamp) {
    public static final int RESPONSE_CHARS_MAX = 64_000;
    public static final String PATTERN_SEPARATOR = " || ";
}
