package io.coursewire.packages;

import io.coursewire.packages.scorm2004.Content.Launch;
import io.coursewire.packages.scorm2004.Edition;
import io.coursewire.packages.scorm2004.Item;
import io.coursewire.packages.scorm2004.Organization;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A SCORM 2004 package: the organization that is launched, with everything in it that affects run time.
public record Scorm2004(
        Optional<String> manifestIdentifier, Edition edition, Organization organization)
        implements Package {
    @Override
    public Standard standard() {
        return Standard.SCORM_2004;
    }

    @Override
    public String externalId() {
        return organization.identifier();
    }

    @Override
    public Map<String, String> titles() {
        return organization.titles();
    }

    @Override
    public List<OutlineLine> outline() {
        var lines = new ArrayList<OutlineLine>();
        outline(organization.root().children(), 0, true, lines);
        return List.copyOf(lines);
    }

    /// An item counts while it and all that it is part of contribute to what is above them.
    private void outline(
            List<Item> items, int level, boolean aboveCounts, List<OutlineLine> lines) {
        for (var item : items) {
            boolean launchable = item.content().launch().isPresent();
            boolean counts = aboveCounts && contributes(item);
            lines.add(
                    new OutlineLine(
                            item.identifier(),
                            Map.of(organization.language(), item.title()),
                            level,
                            item.content().presentation().visible(),
                            launchable,
                            launchable && counts));
            outline(item.children(), level + 1, counts, lines);
        }
    }

    private static boolean contributes(Item item) {
        var rollup = item.sequencing().rollup();
        return item.sequencing().delivery().tracked()
                && (rollup.objectiveSatisfied() || rollup.progressCompletion());
    }

    public Optional<Item> item(String identifier) {
        return find(organization.root().children(), identifier);
    }

    private static Optional<Item> find(List<Item> items, String identifier) {
        for (var item : items) {
            var found =
                    item.identifier().equals(identifier)
                            ? Optional.of(item)
                            : find(item.children(), identifier);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    @Override
    public Optional<String> href(String identifier) {
        return item(identifier).flatMap(item -> item.content().launch()).map(Launch::href);
    }
}
