package io.coursewire.packages.content;

import java.util.HexFormat;
import java.util.regex.Pattern;

/// The SHA-256 of a file's bytes, in hexadecimal.
public record FileHash(String hex) implements Comparable<FileHash> {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

    public FileHash {
        if (!FORM.matcher(hex).matches()) {
            throw new IllegalArgumentException("not a SHA-256: " + hex);
        }
    }

    public static FileHash of(byte[] sha256) {
        return new FileHash(HexFormat.of().formatHex(sha256));
    }

    @Override
    public int compareTo(FileHash other) {
        return hex.compareTo(other.hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
