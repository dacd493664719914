package io.coursewire.runtime.launch;

import io.coursewire.runtime.DataModel;
import io.coursewire.runtime.Elements;
import io.coursewire.runtime.End;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// How commits and ends change a session. Pure.
final class SessionRules {
    static final int ELEMENTS_CHARS_MAX = 16 * 1024 * 1024;

    /// A session after a request, with how it ended, or why the request is refused.
    record Step(Session session, End end, Optional<CommitOutcome> refusal) {}

    private SessionRules() {}

    static Step commit(Session before, List<Commit> commits, DataModel model, Instant now) {
        var news = commits.stream().filter(c -> c.sequence() > before.lastSequence()).toList();
        if (news.isEmpty() && !commits.isEmpty()) {
            // All of it is stored already: acknowledge it, whatever the session has become since.
            return new Step(
                    before,
                    End.NONE,
                    Optional.of(
                            new CommitOutcome.Acknowledged(
                                    before.lastSequence(), Optional.empty())));
        }
        return refusal(before, news)
                .map(refusal -> new Step(before, End.NONE, Optional.of(refusal)))
                .orElseGet(() -> apply(before.seen(now).reopened(), news, model));
    }

    private static Optional<CommitOutcome> refusal(Session session, List<Commit> news) {
        int last = session.lastSequence();
        if (session.closed().equals(Optional.of(CloseCause.FINISHED))) {
            return Optional.of(new CommitOutcome.Finished(last));
        }
        if (session.closed().equals(Optional.of(CloseCause.REVOKED))) {
            return Optional.of(new CommitOutcome.Revoked(last));
        }
        if (session.closed().equals(Optional.of(CloseCause.REPLACED))) {
            return Optional.of(new CommitOutcome.Replaced(last));
        }
        for (int i = 0; i < news.size(); i++) {
            if (news.get(i).sequence() != last + 1 + i) {
                return Optional.of(new CommitOutcome.Gap(last));
            }
        }
        return Optional.empty();
    }

    private static Step apply(Session session, List<Commit> news, DataModel model) {
        var end = End.NONE;
        for (var commit : news) {
            if (end == End.FINISHED) {
                // What content says after its own end is never heard.
                break;
            }
            session =
                    session.committed(
                            commit.sequence(), model.merge(session.elements(), commit.change()));
            end = commit.finish() ? End.FINISHED : commit.left() ? End.LEFT : End.NONE;
        }
        return chars(session.elements()) > ELEMENTS_CHARS_MAX
                ? new Step(
                        session,
                        end,
                        Optional.of(
                                new CommitOutcome.TooLarge(
                                        session.lastSequence() - news.size(), ELEMENTS_CHARS_MAX)))
                : new Step(ended(session, end), end, Optional.empty());
    }

    private static Session ended(Session session, End end) {
        return switch (end) {
            case NONE -> session;
            case FINISHED -> session.closed(CloseCause.FINISHED);
            case LEFT -> session.closed(CloseCause.LEFT);
        };
    }

    private static long chars(Elements elements) {
        return elements.asMap().entrySet().stream()
                .mapToLong(e -> e.getKey().length() + e.getValue().length())
                .sum();
    }

    /// The session's time: as content reported it, else, once it is over, the time that it was open.
    static BigDecimal seconds(Session session, End end, DataModel model) {
        return model.sessionSeconds(session.elements())
                .orElseGet(() -> end == End.NONE ? session.countedSeconds() : openSeconds(session));
    }

    private static BigDecimal openSeconds(Session session) {
        var open = Duration.between(session.openedAt(), session.lastSeenAt());
        return BigDecimal.valueOf(open.toMillis())
                .movePointLeft(3)
                .setScale(2, RoundingMode.HALF_UP);
    }
}
