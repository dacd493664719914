package io.coursewire.offline.importing;

import io.coursewire.attempts.DataSource;
import io.coursewire.attempts.Existing.Pair;
import io.coursewire.kernel.ClientId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// Decides what becomes of a row that was understood. Pure.
final class DecideRules {
    /// What is known when a row is decided. `before` is a row with the same identity; `target` the attempt that it
    /// made, or the one that has the row's number; `claimedBy` the line of this file that made that one.
    record Situation(
            ImportId current,
            Options options,
            Facts row,
            Optional<Known> before,
            Optional<Target> target,
            Optional<Long> claimedBy,
            int next) {}

    /// What the decision needs of the row itself.
    record Facts(
            ClientId client,
            Pair pair,
            UUID fingerprint,
            Optional<Integer> number,
            Optional<Instant> time) {}

    private DecideRules() {}

    static Verdict decide(Situation s) {
        if (s.before().isPresent()) {
            return again(s, s.before().get());
        }
        if (s.target().isEmpty()) {
            return new Verdict.Create(s.row().number().orElse(s.next()));
        }
        if (s.claimedBy().isPresent()) {
            return refuse(
                    s,
                    "is the attempt of line %d too. Two rows cannot be one attempt: leave one out, or number them."
                            .formatted(s.claimedBy().get()));
        }
        return conflict(s, s.target().get(), "an attempt of this number is there");
    }

    private static Verdict again(Situation s, Known before) {
        boolean sameFile = before.by().equals(s.current());
        if (before.fingerprint().equals(s.row().fingerprint())) {
            return new Verdict.Skip(
                    sameFile
                            ? "It is the same as line " + before.line() + "."
                            : "It was imported before.");
        }
        if (sameFile) {
            return refuse(
                    s,
                    "is the same record as line %d, with other values. Leave one of them out."
                            .formatted(before.line()));
        }
        return s.target().isPresent()
                ? conflict(s, s.target().get(), "it was imported before, with other values")
                : new Verdict.Skip("It was imported before, with other values.");
    }

    private static Verdict conflict(Situation s, Target target, String what) {
        return switch (s.options().policy()) {
            case KEEP -> new Verdict.Skip("Kept as it is: " + what + ".");
            case NEXT -> new Verdict.Create(s.next());
            case REPLACE_IF_NEWER -> replace(s, target);
        };
    }

    private static Verdict replace(Situation s, Target target) {
        if (target.dataSource() == DataSource.ONLINE && !s.options().overwriteOnline()) {
            return new Verdict.Skip(
                    "Kept as it is: the result was captured online, and overwriteOnline was not asked for.");
        }
        if (!target.pair().equals(s.row().pair())) {
            return refuse(
                    s,
                    "is a record that was imported for another participant or item. Move that attempt first.");
        }
        if (s.row().time().isEmpty()) {
            return new Verdict.Skip("Kept as it is: the row has no time, so it may be older.");
        }
        if (target.time().filter(there -> there.isAfter(s.row().time().get())).isPresent()) {
            return new Verdict.Skip("Kept as it is: what is there is newer.");
        }
        return target.open()
                ? refuse(s, "is an attempt that the participant has open. Import it again later.")
                : new Verdict.Change(target);
    }

    private static Verdict refuse(Situation s, String message) {
        var number = s.row().number().map(String::valueOf).orElse("");
        return Verdict.Refuse.of(number.isEmpty() ? "recordId" : "attemptNumber", number, message);
    }
}
