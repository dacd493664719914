package io.coursewire.app.demo;

import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The demo's participant: reads, answers some questions, leaves midway, comes back, finishes. One answer is
/// wrong, so that the result has something to tell.
public final class PlayTwice {
    /// What the participant did, to hold against what subscribers hear.
    public record Played(
            List<Answered> answers,
            int points,
            int maximum,
            String status,
            BigDecimal durationSeconds) {
        public Played {
            answers = List.copyOf(answers);
        }
    }

    private static final int ANSWERS_BEFORE_LEAVING = 4;
    private static final Map<String, String> WRONG = Map.of("waggle_02_up", "d");
    private static final String OPINION = "4";

    private final Story story;
    private final Clock clock;
    private final Quiz quiz = BundledCourse.quiz();
    private final List<Answered> answers = new ArrayList<>();
    private BigDecimal durationSeconds = BigDecimal.ZERO;

    /// The clock's zone is the participant's.
    public PlayTwice(Story story, Clock clock) {
        this.story = story;
        this.clock = clock;
    }

    public Played play(HttpClient http, URI launchUrl) {
        var participant = HeadlessParticipant.redeem(http, launchUrl, clock);
        leaveMidway(participant.open(Optional.empty()));
        return comeBack(participant.open(Optional.empty()));
    }

    private void leaveMidway(HeadlessSession session) {
        var learner = new Learner(session, quiz, clock);
        story.said(
                "opens \"%s\" (%,d bytes of page), reads the lesson"
                        .formatted(
                                session.opened().path("title").asString(),
                                session.content().length));
        learner.read();
        answer(learner, ANSWERS_BEFORE_LEAVING);
        story.said("leaves midway: " + learner.leave());
        durationSeconds = durationSeconds.add(learner.sessionSeconds());
    }

    private Played comeBack(HeadlessSession session) {
        var learner = new Learner(session, quiz, clock);
        story.said(
                "comes back: bookmark %s, %d answers kept"
                        .formatted(learner.bookmark(), learner.answeredCount()));
        answer(learner, quiz.questions().size());
        var status = learner.finish();
        story.said(
                "finishes with %d of %d points: %s"
                        .formatted(learner.points(), quiz.maximum(), status));
        return new Played(
                answers,
                learner.points(),
                quiz.maximum(),
                status,
                durationSeconds.add(learner.sessionSeconds()));
    }

    private void answer(Learner learner, int until) {
        while (learner.answeredCount() < until) {
            var question = quiz.questions().get(learner.answeredCount());
            var right = question.pattern().orElse(OPINION);
            var answered = learner.answer(WRONG.getOrDefault(question.id(), right));
            answers.add(answered);
            story.answered(answered);
        }
    }
}
