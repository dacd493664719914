package io.coursewire.runtime.aicc;

import io.coursewire.attempts.InteractionResult;
import io.coursewire.attempts.QuestionType;
import io.coursewire.packages.prerequisites.Script;
import io.coursewire.runtime.Decimals;
import java.util.Optional;

/// The vocabularies of AICC, in which the first letter decides: `P`, `pass` and `Passed` are one word.
final class AiccWords {
    private AiccWords() {}

    /// In the words of SCORM 1.2; empty for what is none.
    static Optional<String> status(String text) {
        return Script.status(text.strip());
    }

    /// How content was left, in the words of SCORM 1.2; empty text for a normal exit.
    static String exit(String text) {
        return switch (letter(text)) {
            case 'l' -> "logout";
            case 't' -> "time-out";
            case 's' -> "suspend";
            default -> "";
        };
    }

    static Optional<QuestionType> questionType(String text) {
        return QuestionType.of(text.strip())
                .or(
                        () ->
                                Optional.ofNullable(
                                        switch (letter(text)) {
                                            case 'c' -> QuestionType.CHOICE;
                                            case 'f' -> QuestionType.FILL_IN;
                                            case 'l' -> QuestionType.LIKERT;
                                            case 'm' -> QuestionType.MATCHING;
                                            case 'n' -> QuestionType.NUMERIC;
                                            case 'p' -> QuestionType.PERFORMANCE;
                                            case 's' -> QuestionType.SEQUENCING;
                                            case 't' -> QuestionType.TRUE_FALSE;
                                            default -> null;
                                        }));
    }

    static Optional<InteractionResult> result(String text) {
        return switch (letter(text)) {
            case 'c', 'r' -> Optional.of(InteractionResult.CORRECT);
            case 'w', 'i' -> Optional.of(InteractionResult.INCORRECT);
            case 'u' -> Optional.of(InteractionResult.UNANTICIPATED);
            case 'n' -> Optional.of(InteractionResult.NEUTRAL);
            default -> Decimals.parse(text).map(_ -> InteractionResult.REAL);
        };
    }

    private static char letter(String text) {
        var bare = text.strip();
        return bare.isEmpty() ? ' ' : Character.toLowerCase(bare.charAt(0));
    }
}
