package io.coursewire.offline.reading;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The lines of a text file in UTF-8, one at a time, numbered from 1.
final class TextLines implements Closeable {
    static final int CHARS_MAX = 8 * 1024 * 1024;

    private static final int BUFFER_CHARS = 64 * 1024;

    private final BufferedReader text;
    private long number;

    private TextLines(BufferedReader text) {
        this.text = text;
    }

    /// The file's encoding was looked at before; `markBytes` of it are no text.
    static TextLines open(Path file, int markBytes) throws IOException {
        var in = Files.newInputStream(file);
        in.skipNBytes(markBytes);
        var decoded = new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder());
        return new TextLines(new BufferedReader(decoded, BUFFER_CHARS));
    }

    /// Of the line that was read last.
    long number() {
        return number;
    }

    /// The next line that is not blank; of one beyond the limit as much as tells that.
    Optional<String> next() {
        try {
            for (var line = read(); line.isPresent(); line = read()) {
                if (!line.get().isBlank()) {
                    return line;
                }
            }
            return Optional.empty();
        } catch (CharacterCodingException e) {
            throw new UnreadableFile("Line " + (number + 1) + " is not UTF-8.", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<String> read() throws IOException {
        var line = new StringBuilder();
        int c = text.read();
        if (c < 0) {
            return Optional.empty();
        }
        number++;
        for (; c >= 0 && c != '\n'; c = text.read()) {
            if (line.length() <= CHARS_MAX) {
                line.append((char) c);
            }
        }
        return Optional.of(line.toString());
    }

    @Override
    public void close() throws IOException {
        text.close();
    }
}
