package io.coursewire.attempts;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/// All that content has said so far in an attempt, in the terms of its standard. A report is the whole
/// state, never a difference: applying it twice is the same as applying it once.
public sealed interface RuntimeReport {
    Score score();

    List<Interaction> interactions();

    /// SCORM 1.2 answers two questions, "finished?" and "passed?", with one word.
    enum Lesson {
        NOT_ATTEMPTED,
        BROWSED,
        INCOMPLETE,
        COMPLETED,
        FAILED,
        PASSED
    }

    /// `masteryScore` is empty too where it does not count (not for credit, or not in normal mode).
    record Scorm12(
            Lesson lesson,
            Optional<BigDecimal> masteryScore,
            Ending ending,
            Score score,
            List<Interaction> interactions)
            implements RuntimeReport {
        public Scorm12 {
            interactions = List.copyOf(interactions);
        }
    }

    /// AICC has the words that SCORM 1.2 took over from it, and means the same by them.
    record Aicc(Scorm12 words) implements RuntimeReport {
        @Override
        public Score score() {
            return words.score();
        }

        @Override
        public List<Interaction> interactions() {
            return words.interactions();
        }
    }

    /// SCORM 2004 asks twice, and lets measures judge where the manifest has a threshold. `completion` and
    /// `success` are content's own words, empty where it never set them.
    record Scorm2004(
            Optional<Completion> completion,
            Optional<Success> success,
            Measures measures,
            Ending ending,
            Score score,
            List<Interaction> interactions)
            implements RuntimeReport {
        public Scorm2004 {
            interactions = List.copyOf(interactions);
        }
    }

    /// `completion_threshold`, `progress_measure` (both 0..1) and `scaled_passing_score` (-1..1).
    record Measures(
            Optional<BigDecimal> completionThreshold,
            Optional<BigDecimal> progressMeasure,
            Optional<BigDecimal> scaledPassingScore) {
        public static final Measures NONE =
                new Measures(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /// How far a session of content is: under way, ended by content for good or to be gone on with, or
    /// broken off.
    enum Ending {
        NONE,
        FINISHED,
        SUSPENDED,
        BROKEN_OFF;

        /// Content said so itself (LMSFinish, Terminate).
        public boolean isByContent() {
            return this == FINISHED || this == SUSPENDED;
        }
    }

    /// Content that says nothing, such as a PDF: it is done when its delivery ends.
    record Asset(boolean ended) implements RuntimeReport {
        @Override
        public Score score() {
            return Score.NONE;
        }

        @Override
        public List<Interaction> interactions() {
            return List.of();
        }
    }
}
