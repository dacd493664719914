package io.coursewire.bench.floor;

import java.nio.charset.StandardCharsets;

/// Which version of whose attempt a commit makes, as the load generator says it.
record Mark(String participant, String version) {
    // About as compressible as a real one, since the database compresses what is long.
    private static final String FILLER =
            ",\"interactions\":[{\"number\":0,\"id\":\"waggle_dance_question_0\",\"questionType\":\"choice\","
                    + "\"description\":null,\"learnerResponse\":\"a\",\"correctResponse\":\"b\",\"result\":\"incorrect\","
                    + "\"weighting\":1.000,\"latencySeconds\":42,\"timestamp\":\"2015-08-25T14:01:43\"}]";

    /// Takes the value of [CommitRequest#MARK_HEADER].
    static Mark parse(String header) {
        int dot = header.indexOf('.');
        return new Mark(header.substring(0, dot), header.substring(dot + 1));
    }

    /// A body of the given length.
    byte[] webhook(int length) {
        var text = new StringBuilder(length + FILLER.length());
        text.append("{\"user\":{\"id\":\"").append(participant).append("\"}");
        while (text.length() < length) {
            text.append(FILLER);
        }
        text.setLength(length - 1);
        return text.append('}').toString().getBytes(StandardCharsets.US_ASCII);
    }
}
