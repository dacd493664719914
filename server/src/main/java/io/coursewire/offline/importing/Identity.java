package io.coursewire.offline.importing;

import io.coursewire.attempts.Existing.Pair;
import io.coursewire.attempts.GivenResult;
import io.coursewire.kernel.Sha256;
import io.coursewire.offline.mapping.ResultRow;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Digests that tell rows apart, 128 bits each.
final class Identity {
    private static final char SEPARATOR = '\u0000';

    private Identity() {}

    /// Which record a row is: by its source and the id that it has there, else by participant, item, number and
    /// time.
    static UUID of(ResultRow row, Pair pair, Optional<String> source) {
        var text =
                row.recordId()
                        .map(id -> "record" + SEPARATOR + source.orElse("") + SEPARATOR + id)
                        .orElseGet(() -> byContent(row, pair));
        return digest(text);
    }

    private static String byContent(ResultRow row, Pair pair) {
        var result = row.result();
        return "row"
                + SEPARATOR
                + pair.user()
                + SEPARATOR
                + pair.item()
                + SEPARATOR
                + row.number().map(String::valueOf).orElse("")
                + SEPARATOR
                + result.completed().or(result::started).map(Object::toString).orElse("");
    }

    /// What a row says. Rows that say the same have the same.
    static UUID fingerprint(ResultRow row, Pair pair) {
        return digest(
                pair.user()
                        + ""
                        + pair.item()
                        + row.number().map(String::valueOf).orElse("")
                        + said(row.result()));
    }

    private static String said(GivenResult result) {
        var score = result.score();
        return Stream.of(
                        result.status().word(),
                        plain(score.scaled()),
                        plain(score.raw()),
                        plain(score.minimum()),
                        plain(score.maximum()),
                        result.started().map(Object::toString).orElse(""),
                        result.completed().map(Object::toString).orElse(""),
                        plain(result.durationSeconds()),
                        result.interactions().isEmpty() ? "" : result.interactions().toString())
                .collect(Collectors.joining("|"));
    }

    private static String plain(Optional<BigDecimal> number) {
        return number.map(value -> value.stripTrailingZeros().toPlainString()).orElse("");
    }

    private static UUID digest(String text) {
        var digest = Sha256.start();
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        var bytes = ByteBuffer.wrap(digest.digest());
        return new UUID(bytes.getLong(), bytes.getLong());
    }
}
