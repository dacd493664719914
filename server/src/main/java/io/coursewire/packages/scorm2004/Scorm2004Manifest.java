package io.coursewire.packages.scorm2004;

import java.util.List;
import java.util.Optional;

/// `imsmanifest.xml` of a SCORM 2004 package: everything in it that affects run time. `organizations` is never empty
/// and begins with the default one.
public record Scorm2004Manifest(
        Optional<String> identifier, Edition edition, List<Organization> organizations) {
    public Scorm2004Manifest {
        organizations = List.copyOf(organizations);
        if (organizations.isEmpty()) {
            throw new IllegalArgumentException("a manifest has an organization");
        }
    }

    /// The organization that is launched when nobody chooses another.
    public Organization defaultOrganization() {
        return organizations.getFirst();
    }
}
