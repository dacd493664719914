package io.coursewire.runtime.content;

import java.util.regex.Pattern;

/// What part of a file a `Range` header asks for (RFC 9110, section 14).
sealed interface ByteRange {
    /// The whole file: no header, or one that may be ignored: other units, several ranges, nonsense.
    record Whole() implements ByteRange {}

    /// @param first inclusive
    /// @param last inclusive
    record Part(long first, long last) implements ByteRange {
        long length() {
            return last - first + 1;
        }
    }

    /// Outside of the file.
    record Unsatisfiable() implements ByteRange {}

    Pattern SINGLE = Pattern.compile("(?i)bytes=\\s*(\\d{0,18})-(\\d{0,18})\\s*");

    static ByteRange parse(String header, long sizeBytes) {
        var single = SINGLE.matcher(header);
        if (!single.matches() || header.strip().endsWith("=-")) {
            return new Whole();
        }
        return single.group(1).isEmpty()
                ? suffix(Long.parseLong(single.group(2)), sizeBytes)
                : span(Long.parseLong(single.group(1)), single.group(2), sizeBytes);
    }

    private static ByteRange suffix(long length, long sizeBytes) {
        return length == 0 || sizeBytes == 0
                ? new Unsatisfiable()
                : new Part(Math.max(0, sizeBytes - length), sizeBytes - 1);
    }

    private static ByteRange span(long first, String lastText, long sizeBytes) {
        long last = lastText.isEmpty() ? Long.MAX_VALUE : Long.parseLong(lastText);
        if (last < first) {
            return new Whole();
        }
        return first >= sizeBytes
                ? new Unsatisfiable()
                : new Part(first, Math.min(last, sizeBytes - 1));
    }
}
