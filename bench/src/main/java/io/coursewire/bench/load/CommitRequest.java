package io.coursewire.bench.load;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;

/// What a participant's player sends: one commit of a SCORM 1.2 course that goes from page to page, asks a
/// question on each, and keeps its state in suspend data. Always changes the attempt, never ends it.
public final class CommitRequest {
    static final int QUESTIONS = 5;

    /// Names the attempt and the version of it that the commit makes. Servers leave it alone; the floor sends
    /// it back, as it does not know what an attempt is.
    public static final String MARK_HEADER = "bench-mark";

    private static final String[] RESPONSES = {"a", "b", "c", "d"};

    private CommitRequest() {}

    /// `head` is the request line and the headers that are the same for each request of a session.
    static byte[] write(String head, String mark, int sequence, Instant now) {
        String body = body(sequence, now);
        return (head
                        + MARK_HEADER
                        + ": "
                        + mark
                        + "\r\nContent-Length: "
                        + body.length()
                        + "\r\n\r\n"
                        + body)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static String body(int sequence, Instant now) {
        int question = sequence % QUESTIONS;
        int page = sequence % 100;
        String response = RESPONSES[sequence / QUESTIONS % RESPONSES.length];
        String time = now.toString();
        return """
        {"commits":[{"sequence":%d,"elements":{"cmi.core.lesson_location":"page-%d",\
        "cmi.core.lesson_status":"incomplete","cmi.core.session_time":"%s",\
        "cmi.core.score.raw":"%d","cmi.core.score.min":"0","cmi.core.score.max":"100",\
        "cmi.suspend_data":"%s",\
        "cmi.interactions.%d.id":"waggle_dance_question_%d","cmi.interactions.%d.type":"choice",\
        "cmi.interactions.%d.time":"%s",\
        "cmi.interactions.%d.correct_responses.0.pattern":"b","cmi.interactions.%d.weighting":"1",\
        "cmi.interactions.%d.student_response":"%s","cmi.interactions.%d.result":"%s",\
        "cmi.interactions.%d.latency":"0000:00:%02d.00"},\
        "rejected":[],"finish":false,"at":"%s","utcOffsetMinutes":0}]}"""
                .formatted(
                        sequence,
                        page,
                        sessionTime(sequence),
                        page,
                        suspendData(page),
                        question,
                        question,
                        question,
                        question,
                        time.substring(11, 19),
                        question,
                        question,
                        question,
                        response,
                        question,
                        response.equals("b") ? "correct" : "wrong",
                        question,
                        sequence % 60,
                        time);
    }

    // Strictly rising, so that no commit leaves the attempt as it was.
    private static String sessionTime(int sequence) {
        int seconds = sequence * 7;
        return String.format(
                Locale.ROOT, "%04d:%02d:%02d.00", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    private static String suspendData(int page) {
        return "v=3;page="
                + page
                + ";seen="
                + "1".repeat(page)
                + "0".repeat(100 - page)
                + ";lang=en";
    }
}
