package io.coursewire.runtime.scorm12;

import static io.coursewire.runtime.Mode.BROWSE;
import static io.coursewire.runtime.Mode.NORMAL;

import io.coursewire.attempts.Interaction;
import io.coursewire.attempts.Presence;
import io.coursewire.attempts.Progress;
import io.coursewire.attempts.RuntimeReport;
import io.coursewire.attempts.RuntimeReport.Ending;
import io.coursewire.attempts.RuntimeReport.Lesson;
import io.coursewire.attempts.RuntimeReport.Scorm12;
import io.coursewire.attempts.Score;
import io.coursewire.packages.Scorm12.LaunchData;
import io.coursewire.runtime.DataModel;
import io.coursewire.runtime.Decimals;
import io.coursewire.runtime.Elements;
import io.coursewire.runtime.End;
import io.coursewire.runtime.Mode;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The SCORM 1.2 data model of one SCO (RTE 3.4).
public final class Scorm12Model implements DataModel {
    private static final String STATUS = "cmi.core.lesson_status";
    private static final String EXIT = "cmi.core.exit";
    private static final String SESSION_TIME = "cmi.core.session_time";
    private static final Set<String> OF_ONE_SESSION = Set.of(SESSION_TIME, EXIT);

    private final LaunchData launchData;
    private final Mode mode;

    public Scorm12Model(LaunchData launchData, Mode mode) {
        this.launchData = launchData;
        this.mode = mode;
    }

    @Override
    public Elements reopened(Elements stored) {
        return stored.without(OF_ONE_SESSION::contains);
    }

    @Override
    public Map<String, String> seed(Elements stored, Opening opening) {
        var seed =
                new HashMap<>(
                        reopened(stored)
                                .without(name -> name.startsWith(Scorm12Interactions.OUR_OWN))
                                .asMap());
        seed.put("cmi.core.student_id", opening.studentId());
        seed.put("cmi.core.student_name", opening.studentName());
        seed.put("cmi.core.credit", mode == NORMAL ? "credit" : "no-credit");
        seed.put("cmi.core.lesson_mode", mode.word());
        seed.put("cmi.core.entry", entry(opening.progress()));
        seed.put("cmi.core.total_time", Timespan.format(opening.totalSeconds()));
        seed.put(STATUS, status(stored, opening.progress()));
        seed.putIfAbsent("cmi.core.lesson_location", "");
        seed.putIfAbsent("cmi.suspend_data", "");
        seed.put("cmi.launch_data", launchData.dataFromLms().orElse(""));
        seed.put(
                "cmi.student_data.mastery_score",
                launchData.masteryScore().map(BigDecimal::toPlainString).orElse(""));
        seed.put("cmi.student_data.max_time_allowed", launchData.maxTimeAllowed().orElse(""));
        seed.put("cmi.student_data.time_limit_action", launchData.timeLimitAction().orElse(""));
        opening.language()
                .ifPresent(tag -> seed.putIfAbsent("cmi.student_preference.language", tag));
        return seed;
    }

    // A window that vanished before content could say how it ends: it will want its data back.
    private static String entry(Progress progress) {
        return switch (progress.presence()) {
            case NEVER_OPENED -> "ab-initio";
            case SUSPENDED, OPEN, VANISHED -> "resume";
            case LEFT -> "";
        };
    }

    // Content finds the status that the score decided, not the word that it was overridden.
    private String status(Elements stored, Progress progress) {
        if (mode == BROWSE) {
            return "not attempted";
        }
        return switch (progress.success()) {
            case PASSED -> "passed";
            case FAILED -> "failed";
            case UNKNOWN -> stored.get(STATUS).orElse("not attempted");
        };
    }

    @Override
    public Elements merge(Elements stored, Change change) {
        return stored.with(Scorm12Interactions.withTimestamps(change));
    }

    @Override
    public RuntimeReport report(Elements elements, End end) {
        return report(elements, end, Scorm12Interactions.of(elements));
    }

    /// The same with interactions that were read elsewhere.
    public Scorm12 report(Elements elements, End end, List<Interaction> interactions) {
        return new Scorm12(
                lesson(elements),
                mode == NORMAL ? launchData.masteryScore() : Optional.empty(),
                ending(elements, end),
                score(elements),
                interactions);
    }

    private static Lesson lesson(Elements elements) {
        return switch (elements.get(STATUS).orElse("not attempted").strip()) {
            case "passed" -> Lesson.PASSED;
            case "completed" -> Lesson.COMPLETED;
            case "failed" -> Lesson.FAILED;
            case "incomplete" -> Lesson.INCOMPLETE;
            case "browsed" -> Lesson.BROWSED;
            default -> Lesson.NOT_ATTEMPTED;
        };
    }

    private static Score score(Elements elements) {
        return new Score(
                Optional.empty(),
                elements.get("cmi.core.score.raw").flatMap(Decimals::parse),
                elements.get("cmi.core.score.min").flatMap(Decimals::parse),
                elements.get("cmi.core.score.max").flatMap(Decimals::parse));
    }

    @Override
    public Optional<BigDecimal> sessionSeconds(Elements elements) {
        return elements.get(SESSION_TIME).flatMap(Timespan::parse);
    }

    @Override
    public Presence presence(Elements elements, End end) {
        boolean suspended = isSuspended(elements);
        return switch (end) {
            case NONE -> Presence.OPEN;
            case FINISHED -> suspended ? Presence.SUSPENDED : Presence.LEFT;
            case LEFT -> suspended ? Presence.SUSPENDED : Presence.VANISHED;
        };
    }

    private static Ending ending(Elements elements, End end) {
        return switch (end) {
            case NONE -> Ending.NONE;
            case FINISHED -> isSuspended(elements) ? Ending.SUSPENDED : Ending.FINISHED;
            case LEFT -> Ending.BROKEN_OFF;
        };
    }

    private static boolean isSuspended(Elements elements) {
        return elements.get(EXIT).filter("suspend"::equals).isPresent();
    }
}
