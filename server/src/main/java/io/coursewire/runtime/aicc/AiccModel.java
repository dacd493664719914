package io.coursewire.runtime.aicc;

import io.coursewire.attempts.Presence;
import io.coursewire.attempts.RuntimeReport;
import io.coursewire.packages.Aicc.LaunchData;
import io.coursewire.packages.Aicc.Unit;
import io.coursewire.packages.Scorm12;
import io.coursewire.runtime.DataModel;
import io.coursewire.runtime.Elements;
import io.coursewire.runtime.End;
import io.coursewire.runtime.Mode;
import io.coursewire.runtime.scorm12.Scorm12Model;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The AICC data model of one assignable unit, by the names of its JavaScript API (`cmi.core.lesson_status`),
/// which SCORM 1.2 took over. Values are kept as content wrote them; what they mean is told in the words of
/// SCORM 1.2.
public final class AiccModel implements DataModel {
    /// Elements that content did not write.
    public static final String OUR_OWN = "coursewire.";

    /// Requests that content made while its page went away, when a browser sends none: the player brings their bodies
    /// as `hacp.1`, `hacp.2`, ...
    private static final String POSTED = "hacp.";

    /// How the session was entered: `ab-initio`, `resume` or nothing. Content may ask again at any time of it.
    private static final String ENTRY_KEPT = OUR_OWN + "entry";

    private static final String ENTRY = "cmi.core.entry";
    private static final String STATUS = "cmi.core.lesson_status";
    private static final String EXIT = "cmi.core.exit";

    private final String courseId;
    private final List<String> objectives;
    private final Optional<String> password;
    private final Scorm12Model words;

    public AiccModel(String courseId, Unit unit, Mode mode) {
        this.courseId = courseId;
        this.objectives = unit.objectives();
        this.password = unit.password();
        this.words = new Scorm12Model(inWordsOfScorm12(unit.launchData()), mode);
    }

    private static Scorm12.LaunchData inWordsOfScorm12(LaunchData data) {
        return new Scorm12.LaunchData(
                data.masteryScore(),
                data.maxTimeAllowed(),
                data.timeLimitAction(),
                data.coreVendor());
    }

    @Override
    public Elements reopened(Elements stored) {
        return words.reopened(stored).without(ENTRY_KEPT::equals);
    }

    @Override
    public Elements opened(Elements stored, Opening opening) {
        var added = new HashMap<>(Map.of(ENTRY_KEPT, words.seed(stored, opening).get(ENTRY)));
        if (stored.below("cmi.objectives.").isEmpty()) {
            for (int n = 0; n < objectives.size(); n++) {
                added.put("cmi.objectives." + n + ".id", objectives.get(n));
            }
        }
        return stored.with(added);
    }

    @Override
    public Map<String, String> seed(Elements stored, Opening opening) {
        var seed = new HashMap<>(words.seed(inWords(stored), opening));
        stored.get(ENTRY_KEPT).ifPresent(entry -> seed.put(ENTRY, entry));
        seed.keySet().removeIf(name -> name.startsWith(OUR_OWN));
        seed.put("cmi.evaluation.course_id", courseId);
        return seed;
    }

    @Override
    public Elements merge(Elements stored, Change change) {
        var merged = stored;
        for (var elements : inOrder(change.elements())) {
            boolean isPosted = elements.keySet().stream().anyMatch(name -> name.startsWith(POSTED));
            var changes = isPosted ? posted(elements, merged) : elements;
            merged = merged.with(changes);
            merged =
                    merged.with(
                            AiccInteractions.timestamps(
                                    merged, new Change(changes, change.at(), change.offset())));
        }
        return merged;
    }

    /// What content said by its API, then each of its requests by itself, as each may build on the one before.
    private static List<Map<String, String>> inOrder(Map<String, String> elements) {
        var said = new HashMap<>(elements);
        said.keySet().removeIf(name -> name.startsWith(POSTED));
        var parts = new ArrayList<Map<String, String>>(List.of(said));
        elements.entrySet().stream()
                .filter(element -> element.getKey().startsWith(POSTED))
                .sorted(
                        Comparator.comparing((Map.Entry<String, String> e) -> e.getKey().length())
                                .thenComparing(Map.Entry::getKey))
                .forEach(element -> parts.add(Map.of(element.getKey(), element.getValue())));
        return parts;
    }

    private Map<String, String> posted(Map<String, String> element, Elements stored) {
        var body = element.values().iterator().next();
        var request = HacpRequest.parse(body.getBytes(StandardCharsets.UTF_8));
        return accepts(request) ? request.changes(stored) : Map.of();
    }

    /// Not where it carries another password than the unit's. Many units have one and never send it: who they are is told by the
    /// session id.
    public boolean accepts(HacpRequest request) {
        return password.isEmpty()
                || request.password().isEmpty()
                || password.equals(request.password());
    }

    @Override
    public RuntimeReport report(Elements elements, End end) {
        var told = inWords(elements);
        return new RuntimeReport.Aicc(words.report(told, end, AiccInteractions.of(elements)));
    }

    @Override
    public Optional<BigDecimal> sessionSeconds(Elements elements) {
        return words.sessionSeconds(elements);
    }

    @Override
    public Presence presence(Elements elements, End end) {
        return words.presence(inWords(elements), end);
    }

    private static Elements inWords(Elements elements) {
        var meant = new HashMap<String, String>();
        elements.get(STATUS)
                .flatMap(AiccWords::status)
                .ifPresent(status -> meant.put(STATUS, status));
        elements.get(EXIT).ifPresent(exit -> meant.put(EXIT, AiccWords.exit(exit)));
        return elements.with(meant);
    }
}
