package io.coursewire.app.demo;

import java.util.List;
import tools.jackson.databind.JsonNode;

/// The questions of the bundled course, read from the very file that the course itself reads.
public record Quiz(int passingScore, List<Question> questions) {

    public Quiz {
        questions = List.copyOf(questions);
    }

    public int maximum() {
        return questions.stream().mapToInt(Question::weighting).sum();
    }

    static Quiz read(JsonNode quiz) {
        return new Quiz(
                quiz.path("passingScore").asInt(),
                quiz.path("questions").valueStream().map(Quiz::question).toList());
    }

    private static Question question(JsonNode question) {
        return new Question(
                question.path("id").asString(),
                question.path("type").asString(),
                question.path("prompt").asString(),
                question.path("correct").valueStream().map(JsonNode::asString).toList(),
                question.path("weighting").asInt());
    }
}
