package io.coursewire.bench.load;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// What a participant's player sends: one commit of a course that goes from page to page, asks a
/// question on each, and keeps its state in suspend data. Always changes the attempt, never ends it.
public final class CommitRequest {
    static final int QUESTIONS = 5;
    private static final int PAGES = 100;
    private static final int SECONDS_PER_PAGE = 7;

    /// Names the participant and the version of the attempt that the commit makes. Servers leave it alone; the floor sends
    /// it back, as it does not know what an attempt is.
    public static final String MARK_HEADER = "bench-mark";

    private static final String[] RESPONSES = {"a", "b", "c", "d"};

    private CommitRequest() {}

    /// `head` is the request line and the headers but for the length.
    static byte[] write(String head, Standard standard, int sequence, Instant now) {
        String body = body(standard, sequence, now);
        return (head + "Content-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static String body(Standard standard, int sequence, Instant now) {
        int page = sequence % PAGES;
        var told =
                new Standard.Page(
                        page,
                        suspendData(page),
                        sequence % QUESTIONS,
                        RESPONSES[sequence / QUESTIONS % RESPONSES.length],
                        sequence * SECONDS_PER_PAGE,
                        now.toString());
        return """
        {"commits":[{"sequence":%d,"elements":{%s},\
        "rejected":[],"finish":false,"at":"%s","utcOffsetMinutes":0}]}"""
                .formatted(sequence, standard.members(told), now);
    }

    private static String suspendData(int page) {
        return "v=3;page="
                + page
                + ";seen="
                + "1".repeat(page)
                + "0".repeat(PAGES - page)
                + ";lang=en";
    }
}
