package io.coursewire.packages.scorm12;

import io.coursewire.packages.ResolveHref;
import io.coursewire.packages.ResourcesByIdentifier;
import io.coursewire.packages.ResourcesByIdentifier.Resource;
import io.coursewire.packages.Warnings;
import io.coursewire.packages.xml.XmlElement;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The resources of a manifest, those of manifests inside it too, and what they open.
final class Resources {
    /// @param href to open, relative to the package and encoded, or absolute
    record Launch(String href, boolean sco) {}

    private final ResourcesByIdentifier all;
    private final Map<String, Optional<Launch>> resolved = new HashMap<>();
    private final ResolveHref resolve;
    private final Warnings warnings;

    Resources(XmlElement manifest, ResolveHref resolve, Warnings warnings) {
        this.all = new ResourcesByIdentifier(manifest, warnings);
        this.resolve = resolve;
        this.warnings = warnings;
    }

    /// The identifiers of all resources, in the order of the manifest.
    Iterable<String> identifiers() {
        return all.identifiers();
    }

    /// What an item with this `identifierref` opens; empty, with a warning, where it opens nothing.
    Optional<Launch> launch(String identifierref, XmlElement item) {
        var resource = all.find(identifierref);
        if (resource.isEmpty()) {
            warnings.add(
                    "dangling-reference",
                    "the item refers to the resource \""
                            + identifierref
                            + "\", which the manifest does not have; it opens nothing",
                    item.place());
            return Optional.empty();
        }
        return resolved.computeIfAbsent(identifierref, _ -> resolve(resource.get()));
    }

    private Optional<Launch> resolve(Resource resource) {
        var element = resource.element();
        var href = element.attribute("href");
        if (href.isEmpty()) {
            warnings.add(
                    "no-href", "the resource has no href; its items open nothing", element.place());
        }
        return href.flatMap(found -> resolve.resolve(resource.base(), found, element.place()))
                .map(found -> new Launch(found, isSco(element)));
    }

    private boolean isSco(XmlElement resource) {
        var type = resource.attribute("scormtype");
        if (type.isEmpty()) {
            warnings.add(
                    "no-scorm-type",
                    "the resource does not say whether it is a sco or an asset; it was read as an"
                            + " asset, which reports no results",
                    resource.place());
        }
        return type.filter(word -> word.equalsIgnoreCase("sco")).isPresent();
    }
}
