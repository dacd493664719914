package io.coursewire.offline.reading;

import io.coursewire.kernel.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/// Puts the statements of a file together, attempt by attempt, wherever in the file they are. The file is looked through
/// beforehand for the last statement of each attempt; until that one comes, those before wait, within a limit.
final class XapiAttempts {
    static final int ATTEMPTS_MAX = 2_000_000;
    static final long WAITING_BYTES_MAX = 64L * 1024 * 1024;

    /// An attempt that is whole, or why it is refused.
    sealed interface Outcome {}

    record Whole(XapiAttempt attempt) implements Outcome {}

    record TooFarApart(long line) implements Outcome {
        static final String MESSAGE =
                "is the last one of an attempt whose statements are too far apart in the file: more would have to wait for others than is kept. Sort the file by registration, or by actor and time.";
    }

    private final LastLines lastLines = new LastLines(ATTEMPTS_MAX);
    private final Map<String, List<XapiStatement>> waiting = new HashMap<>();
    private final long waitingBytesMax;
    private long waitingBytes;

    private XapiAttempts(long waitingBytesMax) {
        this.waitingBytesMax = waitingBytesMax;
    }

    /// @throws UnreadableFile when there are more attempts than are taken
    static XapiAttempts of(Path file, int markBytes, long waitingBytesMax) {
        var attempts = new XapiAttempts(waitingBytesMax);
        try (var lines = TextLines.open(file, markBytes)) {
            for (var line = lines.next(); line.isPresent(); line = lines.next()) {
                statement(line.get(), lines.number()).ifPresent(attempts::see);
            }
            return attempts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<XapiStatement> statement(String line, long number) {
        if (line.length() > TextLines.CHARS_MAX || !line.contains("\"actor\"")) {
            return Optional.empty();
        }
        try {
            var node = Json.MAPPER.readTree(line);
            return XapiStatement.is(node)
                            && XapiStatement.read(node, number)
                                    instanceof XapiStatement.Understood understood
                    ? Optional.of(understood.statement())
                    : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private void see(XapiStatement statement) {
        for (var item : statement.items()) {
            if (!lastLines.see(
                    statement.attemptAt(item), statement.line(), !statement.isAnswer())) {
                throw new UnreadableFile(
                        "The file has statements of more than %d attempts. Send it in parts."
                                .formatted(ATTEMPTS_MAX));
            }
        }
    }

    /// The attempts that are whole with this statement.
    List<Outcome> take(XapiStatement statement) {
        keep(statement);
        var whole = new ArrayList<Outcome>();
        for (var item : statement.items()) {
            var key = statement.attemptAt(item);
            if (lastLines.isLast(key, statement.line())) {
                if (lastLines.isRefused(key)) {
                    whole.add(new TooFarApart(statement.line()));
                } else if (waiting.containsKey(key)) {
                    XapiAttempt.of(letGo(key), item).forEach(one -> whole.add(new Whole(one)));
                }
            }
        }
        return whole;
    }

    private void keep(XapiStatement statement) {
        var key = statement.attemptAt(item(statement));
        if (lastLines.isRefused(key)) {
            return;
        }
        waiting.computeIfAbsent(key, _ -> new ArrayList<>(2)).add(statement);
        waitingBytes += statement.bytes();
        if (waitingBytes > waitingBytesMax && !lastLines.isLast(key, statement.line())) {
            letGo(key);
            lastLines.refuse(key);
        }
    }

    private List<XapiStatement> letGo(String key) {
        var statements = waiting.remove(key);
        waitingBytes -= statements.stream().mapToLong(XapiStatement::bytes).sum();
        return statements;
    }

    // An answer is of the activity above it that other statements tell of.
    private String item(XapiStatement statement) {
        return statement.items().stream()
                .filter(item -> lastLines.isNamed(statement.attemptAt(item)))
                .findFirst()
                .orElse(statement.items().getFirst());
    }
}
