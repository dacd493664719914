package io.coursewire.packages.scorm2004;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// One way through the content. The organization itself is the root activity.
///
/// @param titles the course's titles by language tag
/// @param language the tag of the language in which the items' titles are
/// @param objectivesGlobalToSystem shared global objectives outlive the attempt and are common to all courses
/// @param sharedDataGlobalToSystem the same for the buckets of `adl.data`
public record Organization(
        Item root,
        Map<String, String> titles,
        String language,
        boolean objectivesGlobalToSystem,
        boolean sharedDataGlobalToSystem) {
    public Organization {
        titles = Collections.unmodifiableMap(new LinkedHashMap<>(titles));
    }

    /// Whether a score, as such, can change where the course leads.
    public boolean looksAtMeasures() {
        return looksAtMeasures(root);
    }

    private static boolean looksAtMeasures(Item item) {
        return item.sequencing().looksAtMeasures()
                || item.children().stream().anyMatch(Organization::looksAtMeasures);
    }

    public String identifier() {
        return root.identifier();
    }
}
