package io.coursewire.runtime.scorm2004;

import io.coursewire.packages.scorm2004.LaunchData.SharedData;
import io.coursewire.runtime.Elements;
import io.coursewire.runtime.scorm2004.sequencing.NavigationRequest;
import io.coursewire.runtime.scorm2004.sequencing.ReadRunTimeData;
import io.coursewire.runtime.scorm2004.sequencing.RunTimeData;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What stored elements tell sequencing. Pure.
public final class ReportedData {
    private static final String MEASURE = "cmi.score.scaled";
    private static final String OBJECTIVES = "cmi.objectives.";
    private static final Set<String> HEARD =
            Set.of(
                    "cmi.completion_status",
                    "cmi.success_status",
                    "cmi.progress_measure",
                    "cmi.exit");

    private ReportedData() {}

    /// @param buckets of the item, in their order
    public static RunTimeData of(Elements stored, List<SharedData> buckets) {
        var given = new HashMap<String, String>();
        stored.below(Scorm2004Model.GIVEN)
                .forEach(
                        (name, value) ->
                                given.put(name.substring(Scorm2004Model.GIVEN.length()), value));
        return ReadRunTimeData.read(
                stored.without(name -> name.startsWith(Scorm2004Model.GIVEN)).asMap(),
                given,
                buckets);
    }

    /// Where content wishes to go, empty where it said nothing of that.
    public static Optional<NavigationRequest> wish(Elements stored) {
        return NavigationRequest.fromContent(
                stored.get("adl.nav.request").orElse("_none_"), stored.get("cmi.exit").orElse(""));
    }

    /// Whether sequencing looks at any of these elements. Most of what content stores, such as bookmarks and
    /// interactions, does not change where it may lead; nor does a score where no measure decides anything.
    public static boolean isHeard(Set<String> elements, boolean looksAtMeasures) {
        return looksAtMeasures && elements.contains(MEASURE)
                || elements.stream().anyMatch(e -> HEARD.contains(e) || e.startsWith(OBJECTIVES));
    }

    public static boolean suspends(Elements stored) {
        return Scorm2004Model.suspends(stored);
    }
}
