package io.coursewire.runtime.launch;

import io.coursewire.runtime.DataModel;
import io.coursewire.runtime.DataModel.Change;
import io.coursewire.runtime.Elements;
import io.coursewire.runtime.End;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/// How commits and ends change a session. Pure.
final class SessionRules {
    static final int ELEMENTS_CHARS_MAX = 16 * 1024 * 1024;

    /// A page that goes away says its last words beside those of the player around it, in no order.
    static final Duration LATE_MAX = Duration.ofMinutes(2);

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
        if (before.closed().equals(Optional.of(CloseCause.FINISHED)) && saysNothing(news)) {
            // A sign of life, or a goodbye after content's own.
            int last = news.isEmpty() ? before.lastSequence() : news.getLast().sequence();
            return new Step(
                    before, End.NONE, Optional.of(new CommitOutcome.Ended(last, Optional.empty())));
        }
        return refusal(before, news)
                .map(refusal -> new Step(before, End.NONE, Optional.of(refusal)))
                .orElseGet(() -> apply(OpenTime.seen(before, news, now).reopened(), news, model));
    }

    private static boolean saysNothing(List<Commit> news) {
        return news.stream().allMatch(c -> c.change().elements().isEmpty() && !c.finish());
    }

    /// What content says past the player. Its number of commits is the player's alone.
    static Step hear(Session before, Change change, boolean finish, DataModel model, Instant now) {
        if (!isHeard(before, now)) {
            return new Step(
                    before,
                    End.NONE,
                    Optional.of(
                            refusal(before, List.of())
                                    .orElseGet(
                                            () ->
                                                    new CommitOutcome.Finished(
                                                            before.lastSequence()))));
        }
        // Last words beside the player's own goodbye do not open the session again.
        boolean left = before.closed().equals(Optional.of(CloseCause.LEFT));
        var end = finish ? End.FINISHED : left ? End.LEFT : End.NONE;
        var heard = OpenTime.seen(before, List.of(), now).reopened();
        heard = heard.committed(heard.lastSequence(), model.merge(heard.elements(), change));
        return chars(heard.elements()) > ELEMENTS_CHARS_MAX
                ? new Step(
                        before,
                        End.NONE,
                        Optional.of(
                                new CommitOutcome.TooLarge(
                                        before.lastSequence(), ELEMENTS_CHARS_MAX)))
                : new Step(ended(heard, end), end, Optional.empty());
    }

    /// Whether content may still speak past the player: its session is open, fell silent, or was left a moment ago.
    static boolean isHeard(Session session, Instant now) {
        return session.closed()
                .map(
                        cause ->
                                !cause.isForGood()
                                        && (cause != CloseCause.LEFT
                                                || now.isBefore(
                                                        session.lastSeenAt().plus(LATE_MAX))))
                .orElse(true);
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
        if (session.closed().equals(Optional.of(CloseCause.OVERRULED))) {
            return Optional.of(new CommitOutcome.Overruled(last));
        }
        for (int i = 0; i < news.size(); i++) {
            if (news.get(i).sequence() != last + 1 + i) {
                return Optional.of(new CommitOutcome.Gap(last));
            }
        }
        return Optional.empty();
    }

    private static Step apply(Session session, List<Commit> news, DataModel model) {
        int acknowledged = session.lastSequence();
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
                        Optional.of(new CommitOutcome.TooLarge(acknowledged, ELEMENTS_CHARS_MAX)))
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
                .orElseGet(
                        () ->
                                end == End.NONE
                                        ? session.countedSeconds()
                                        : OpenTime.seconds(session));
    }

    /// After the session before it, whose node may have a clock that is ahead: the newest one is told by this.
    static Instant opensAt(Optional<Session> former, Instant now) {
        return former.map(session -> session.openedAt().plus(1, ChronoUnit.MICROS))
                .filter(now::isBefore)
                .orElse(now);
    }
}
