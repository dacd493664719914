package io.coursewire.packages;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A course as its package describes it, one record per standard. What is common to all of them is
/// here; what a run time needs of its own standard is on the record.
public sealed interface Package permits Scorm12, Scorm2004, Aicc {
    Standard standard();

    /// Names the course in all versions of its package; empty where the manifest has no identifier.
    Optional<String> manifestIdentifier();

    /// The identifier of the course itself: the organization's, the course's, the activity's.
    String externalId();

    /// By language tag, `und` where the package does not say which language it is.
    Map<String, String> titles();

    /// Everything that the package has for its contents tree, folders too, in its order.
    List<OutlineLine> outline();

    /// What an item waits for: `aicc_script` by identifier, verbatim. Empty in standards that have other means.
    default Map<String, String> prerequisites() {
        return Map.of();
    }

    /// What the item opens: a URL relative to the package, parameters included, or an absolute one.
    /// Empty for a folder and for an identifier that the package does not have.
    Optional<String> href(String identifier);
}
