package io.coursewire.api;

import io.coursewire.kernel.JsonFields;
import io.coursewire.runtime.DataModel.Change;
import io.coursewire.runtime.launch.Commit;
import io.coursewire.runtime.launch.RejectedCall;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/// The commits in one request of the player.
final class CommitBody {
    static final int BYTES_MAX = 8 * 1024 * 1024;
    static final int COMMITS_MAX = 1_000;
    static final int ELEMENTS_MAX = 50_000;
    static final int VALUE_CHARS_MAX = 256_000;
    private static final int OFFSET_MINUTES_MAX = 18 * 60;

    private CommitBody() {}

    static List<Commit> read(JsonFields body) {
        var commits =
                body.objects("commits", 0, COMMITS_MAX).stream().map(CommitBody::commit).toList();
        body.check();
        return commits;
    }

    private static Commit commit(JsonFields commit) {
        var sequence = commit.optionalInteger("sequence", 1, Integer.MAX_VALUE);
        if (sequence.isEmpty()) {
            commit.reject("sequence", "must be the commit's number in its session, from 1.");
        }
        return new Commit(
                sequence.orElse(0),
                change(commit),
                commit.objects("rejected", 0, RejectedCall.AT_ONCE_MAX).stream()
                        .map(CommitBody::rejected)
                        .toList(),
                commit.optionalFlag("finish").orElse(false),
                commit.optionalFlag("left").orElse(false));
    }

    private static Change change(JsonFields commit) {
        var at = commit.optionalInstant("at");
        if (at.isEmpty()) {
            commit.reject("at", "must be the instant of the commit, as 2026-01-31T10:00:00.123Z.");
        }
        int offsetMinutes =
                commit.optionalInteger("utcOffsetMinutes", -OFFSET_MINUTES_MAX, OFFSET_MINUTES_MAX)
                        .orElse(0);
        return new Change(
                commit.verbatimMap("elements", ELEMENTS_MAX, VALUE_CHARS_MAX),
                at.orElse(Instant.EPOCH),
                ZoneOffset.ofTotalSeconds(offsetMinutes * 60));
    }

    private static RejectedCall rejected(JsonFields call) {
        return new RejectedCall(
                call.verbatim("call", RejectedCall.CHARS_MAX),
                call.verbatim("element", RejectedCall.CHARS_MAX),
                call.verbatim("value", RejectedCall.CHARS_MAX),
                call.verbatim("error", RejectedCall.CHARS_MAX));
    }
}
