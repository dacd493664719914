package io.coursewire.offline;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import io.coursewire.attempts.AttemptStatus;
import io.coursewire.attempts.Interaction;
import io.coursewire.attempts.InteractionResult;
import io.coursewire.attempts.QuestionType;
import io.coursewire.kernel.JsonFields;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads interactions in the form that they have in an AttemptStatus. They are numbered from 0 in the order given.
public final class InteractionFields {
    public static final int ID_CHARS_MAX = 4_000;
    private static final BigDecimal WEIGHT_MAX = BigDecimal.valueOf(1_000_000);
    private static final Map<String, QuestionType> TYPES =
            Arrays.stream(QuestionType.values()).collect(toMap(QuestionType::word, identity()));
    private static final Map<String, InteractionResult> RESULTS =
            Arrays.stream(InteractionResult.values())
                    .collect(toMap(InteractionResult::word, identity()));

    private InteractionFields() {}

    /// Those in the field `interactions`; none when it is absent.
    public static List<Interaction> read(JsonFields parent) {
        var interactions = new ArrayList<Interaction>();
        parent.objects("interactions", 0, AttemptStatus.INTERACTIONS_MAX)
                .forEach(fields -> interactions.add(read(fields, interactions.size())));
        return interactions;
    }

    private static Interaction read(JsonFields fields, int number) {
        fields.optionalInteger("number", 0, Integer.MAX_VALUE);
        return new Interaction(
                number,
                fields.verbatim("id", ID_CHARS_MAX),
                fields.optionalWord("questionType", TYPES),
                text(fields, "description"),
                text(fields, "learnerResponse"),
                text(fields, "correctResponse"),
                fields.optionalWord("result", RESULTS),
                fields.optionalDecimal("weighting", WEIGHT_MAX.negate(), WEIGHT_MAX),
                fields.optionalDecimal("latencySeconds", BigDecimal.ZERO, ResultRules.SECONDS_MAX),
                time(fields));
    }

    private static Optional<String> text(JsonFields fields, String name) {
        return fields.optionalVerbatim(name, Interaction.RESPONSE_CHARS_MAX);
    }

    private static Optional<Instant> time(JsonFields fields) {
        return fields.optionalParsed("timestamp", DateTimes::read, DateTimes.FORM);
    }
}
