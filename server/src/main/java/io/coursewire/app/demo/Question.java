package io.coursewire.app.demo;

import java.util.List;
import java.util.Optional;

/// A question of the bundled course. `correct` holds every pattern that is right; none for a question of
/// opinion.
public record Question(String id, String type, String prompt, List<String> correct, int weighting) {

    public Question {
        correct = List.copyOf(correct);
    }

    /// SCORM 1.2's word for a response.
    public String judge(String response) {
        if (correct.isEmpty()) {
            return "neutral";
        }
        return correct.contains(response) ? "correct" : "wrong";
    }

    public Optional<String> pattern() {
        return correct.stream().findFirst();
    }
}
