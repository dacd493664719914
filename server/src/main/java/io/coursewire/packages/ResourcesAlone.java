package io.coursewire.packages;

import io.coursewire.packages.xml.XmlElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// The organization that a package of resources alone lacks: each resource that opens something is an item.
public final class ResourcesAlone {
    private ResourcesAlone() {}

    /// @param identifiers of the resources
    /// @param opens whether the resource does
    public static XmlElement organization(
            XmlElement manifest,
            Iterable<String> identifiers,
            Predicate<String> opens,
            Warnings warnings) {
        warnings.add(
                "no-organization",
                "the manifest has no organization; its resources became the items",
                manifest.place());
        var identifier =
                manifest.attribute("identifier")
                        .filter(text -> text.length() <= PackageLimits.IDENTIFIER_CHARS_MAX)
                        .orElse("course");
        var title = manifest.first("metadata").flatMap(Titles::inMetadata).orElse(identifier);
        var inside = new ArrayList<XmlElement>();
        inside.add(manifest.lacking("title", Map.of(), title, List.of()));
        for (var resource : identifiers) {
            if (opens.test(resource)) {
                inside.add(item(manifest, resource));
            }
        }
        return manifest.lacking("organization", Map.of("identifier", identifier), "", inside);
    }

    private static XmlElement item(XmlElement manifest, String resource) {
        return manifest.lacking(
                "item",
                Map.of("identifier", resource, "identifierref", resource),
                "",
                List.of(manifest.lacking("title", Map.of(), resource, List.of())));
    }
}
