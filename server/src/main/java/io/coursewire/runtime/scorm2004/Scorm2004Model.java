package io.coursewire.runtime.scorm2004;

import static io.coursewire.runtime.Mode.NORMAL;

import io.coursewire.attempts.Completion;
import io.coursewire.attempts.Presence;
import io.coursewire.attempts.RuntimeReport;
import io.coursewire.attempts.RuntimeReport.Ending;
import io.coursewire.attempts.RuntimeReport.Measures;
import io.coursewire.attempts.RuntimeReport.Scorm2004;
import io.coursewire.attempts.Score;
import io.coursewire.attempts.Success;
import io.coursewire.runtime.DataModel;
import io.coursewire.runtime.Decimals;
import io.coursewire.runtime.Elements;
import io.coursewire.runtime.End;
import io.coursewire.runtime.Mode;
import io.coursewire.runtime.scorm2004.sequencing.RunTimeStart;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The SCORM 2004 data model of one SCO (RTE 4.2). What is stored is what content set, and beside it the
/// objectives that it was given: content writes to them by their index.
public final class Scorm2004Model implements DataModel {
    /// Elements that content was given and did not write itself.
    static final String GIVEN = "coursewire.given.";

    private static final String OBJECTIVES = "cmi.objectives.";
    private static final String EXIT = "cmi.exit";
    private static final String REQUEST = "adl.nav.request";
    private static final String SESSION_TIME = "cmi.session_time";
    private static final Set<String> OF_ONE_SESSION = Set.of(SESSION_TIME, EXIT, REQUEST);
    private static final BigDecimal MINUS_ONE = BigDecimal.ONE.negate();

    private final RunTimeStart start;
    private final Mode mode;

    /// @param start what the manifest, and what is tracked, gives the SCO at this delivery
    public Scorm2004Model(RunTimeStart start, Mode mode) {
        this.start = start;
        this.mode = mode;
    }

    /// What is tracked by now takes the place of what content had set there before.
    @Override
    public Elements reopened(Elements stored) {
        var begun = begun(stored);
        var own =
                stored.without(
                        name ->
                                OF_ONE_SESSION.contains(name)
                                        || name.startsWith(GIVEN)
                                        || !stored.asMap().get(name).equals(begun.get(name)));
        var given = new TreeMap<String, String>();
        begun.forEach(
                (name, value) -> {
                    if (name.startsWith(OBJECTIVES) && !own.asMap().containsKey(name)) {
                        given.put(GIVEN + name, value);
                    }
                });
        return own.with(given);
    }

    private Map<String, String> begun(Elements stored) {
        var kept = new TreeMap<>(seen(stored));
        kept.keySet().removeAll(OF_ONE_SESSION);
        return kept.isEmpty() ? start.elements() : start.resuming(kept).elements();
    }

    /// As content sees what is stored: its own words over those it was given.
    private static Map<String, String> seen(Elements stored) {
        var seen = new HashMap<String, String>();
        stored.below(GIVEN)
                .forEach((name, value) -> seen.put(name.substring(GIVEN.length()), value));
        seen.putAll(stored.without(name -> name.startsWith(GIVEN)).asMap());
        return seen;
    }

    @Override
    public Map<String, String> seed(Elements stored, Opening opening) {
        var seed = new HashMap<>(begun(stored));
        seed.put("cmi.learner_id", opening.studentId());
        seed.put("cmi.learner_name", opening.studentName());
        seed.put("cmi.credit", mode == NORMAL ? "credit" : "no-credit");
        seed.put("cmi.mode", mode.word());
        seed.put("cmi.total_time", TimeInterval.format(opening.totalSeconds()));
        opening.language()
                .ifPresent(tag -> seed.putIfAbsent("cmi.learner_preference.language", tag));
        putRights(seed);
        return seed;
    }

    // The data model has no elements for who may use a bucket; the player's has
    // (`adl.data.0.read`).
    private void putRights(Map<String, String> seed) {
        for (int n = 0; n < start.sharedData().size(); n++) {
            var bucket = start.sharedData().get(n);
            seed.put("adl.data." + n + ".read", Boolean.toString(bucket.readable()));
            seed.put("adl.data." + n + ".write", Boolean.toString(bucket.writable()));
        }
    }

    @Override
    public Elements merge(Elements stored, Change change) {
        return stored.with(change.elements());
    }

    @Override
    public RuntimeReport report(Elements elements, End end) {
        return new Scorm2004(
                elements.get("cmi.completion_status").map(Scorm2004Model::completion),
                elements.get("cmi.success_status").map(Scorm2004Model::success),
                measures(elements),
                ending(elements, end),
                score(elements),
                Scorm2004Interactions.of(elements));
    }

    // RTE 4.2.4: what was not attempted is not completed either.
    private static Completion completion(String word) {
        return switch (word.strip()) {
            case "completed" -> Completion.COMPLETED;
            case "incomplete", "not attempted" -> Completion.INCOMPLETE;
            default -> Completion.UNKNOWN;
        };
    }

    private static Success success(String word) {
        return Success.of(word.strip()).orElse(Success.UNKNOWN);
    }

    private Measures measures(Elements elements) {
        return new Measures(
                given("cmi.completion_threshold"),
                within(elements.get("cmi.progress_measure"), BigDecimal.ZERO),
                given("cmi.scaled_passing_score"));
    }

    private Optional<BigDecimal> given(String name) {
        return Optional.ofNullable(start.elements().get(name)).flatMap(Decimals::parse);
    }

    private static Optional<BigDecimal> within(Optional<String> text, BigDecimal lowest) {
        return text.flatMap(Decimals::parse)
                .filter(n -> n.compareTo(lowest) >= 0 && n.compareTo(BigDecimal.ONE) <= 0);
    }

    private static Score score(Elements elements) {
        return new Score(
                within(elements.get("cmi.score.scaled"), MINUS_ONE),
                elements.get("cmi.score.raw").flatMap(Decimals::parse),
                elements.get("cmi.score.min").flatMap(Decimals::parse),
                elements.get("cmi.score.max").flatMap(Decimals::parse));
    }

    private static Ending ending(Elements elements, End end) {
        return switch (end) {
            case NONE -> Ending.NONE;
            case FINISHED -> suspends(elements) ? Ending.SUSPENDED : Ending.FINISHED;
            case LEFT -> suspends(elements) ? Ending.SUSPENDED : Ending.BROKEN_OFF;
        };
    }

    // RTE 4.2.8, SN 5.6.3: content goes on later with its data, or the whole course does.
    static boolean suspends(Elements elements) {
        return elements.get(EXIT).filter("suspend"::equals).isPresent()
                || elements.get(REQUEST).filter("suspendAll"::equals).isPresent();
    }

    @Override
    public Optional<BigDecimal> sessionSeconds(Elements elements) {
        return elements.get(SESSION_TIME).flatMap(TimeInterval::parse);
    }

    @Override
    public Presence presence(Elements elements, End end) {
        return switch (ending(elements, end)) {
            case NONE -> Presence.OPEN;
            case FINISHED -> Presence.LEFT;
            case SUSPENDED -> Presence.SUSPENDED;
            case BROKEN_OFF -> Presence.VANISHED;
        };
    }
}
