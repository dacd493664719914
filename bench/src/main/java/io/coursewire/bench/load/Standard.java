package io.coursewire.bench.load;

/// The standard that content speaks, with what it says on each of its pages.
public enum Standard {
    SCORM_12(
            """
            "cmi.core.lesson_location":"page-%1$d","cmi.core.lesson_status":"incomplete",\
            "cmi.core.session_time":"%6$04d:%7$02d:%8$02d.00",\
            "cmi.core.score.raw":"%1$d","cmi.core.score.min":"0","cmi.core.score.max":"100",\
            "cmi.suspend_data":"%2$s",\
            "cmi.interactions.%3$d.id":"waggle_dance_question_%3$d","cmi.interactions.%3$d.type":"choice",\
            "cmi.interactions.%3$d.time":"%9$s",\
            "cmi.interactions.%3$d.correct_responses.0.pattern":"b","cmi.interactions.%3$d.weighting":"1",\
            "cmi.interactions.%3$d.student_response":"%4$s","cmi.interactions.%3$d.result":"%5$s",\
            "cmi.interactions.%3$d.latency":"0000:00:%8$02d.00\"""",
            "wrong", Standard.TIME_OF_DAY),

    SCORM_2004(
            """
            "cmi.location":"page-%1$d","cmi.session_time":"PT%6$dH%7$dM%8$dS",\
            "cmi.score.raw":"%1$d","cmi.score.min":"0","cmi.score.max":"100","cmi.score.scaled":"0.%1$02d",\
            "cmi.suspend_data":"%2$s",\
            "cmi.interactions.%3$d.id":"waggle_dance_question_%3$d","cmi.interactions.%3$d.type":"choice",\
            "cmi.interactions.%3$d.timestamp":"%9$s",\
            "cmi.interactions.%3$d.correct_responses.0.pattern":"b","cmi.interactions.%3$d.weighting":"1",\
            "cmi.interactions.%3$d.learner_response":"%4$s","cmi.interactions.%3$d.result":"%5$s",\
            "cmi.interactions.%3$d.latency":"PT%8$dS\"""",
            "incorrect", 0);

    private static final int TIME_OF_DAY = 11;
    private static final int TO_THE_SECOND = 19;
    private static final String RIGHT = "b";
    private static final int HOUR = 3600;
    private static final int MINUTE = 60;

    private final String elements;
    private final String wrong;
    private final int timeFrom;

    /// @param elements as members of a JSON object, with places for a page's values
    /// @param wrong the result of a wrong answer
    /// @param timeFrom where the time of an answer begins in an instant: with the day or without
    Standard(String elements, String wrong, int timeFrom) {
        this.elements = elements;
        this.wrong = wrong;
        this.timeFrom = timeFrom;
    }

    /// One page of the course: where its commit stands in the session, and when.
    ///
    /// @param seconds of the session, strictly rising, so that no commit leaves the attempt as it was
    record Page(
            int number,
            String suspendData,
            int question,
            String response,
            int seconds,
            String instant) {}

    /// As members of a JSON object.
    String members(Page page) {
        return elements.formatted(
                page.number(),
                page.suspendData(),
                page.question(),
                page.response(),
                page.response().equals(RIGHT) ? "correct" : wrong,
                page.seconds() / HOUR,
                page.seconds() / MINUTE % MINUTE,
                page.seconds() % MINUTE,
                page.instant().substring(timeFrom, TO_THE_SECOND));
    }

    /// As it is told to people.
    public String title() {
        return name().replace('_', ' ').replace("SCORM 12", "SCORM 1.2");
    }
}
