package io.coursewire.packages;

import io.coursewire.packages.xml.XmlElement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The resources of a manifest and of the manifests inside it, in their order, as all editions of SCORM have them.
public final class ResourcesByIdentifier {
    /// @param base every `xml:base` above the resource and its own
    public record Resource(XmlElement element, String base) {}

    private final Map<String, Resource> byIdentifier = new LinkedHashMap<>();
    private final Warnings warnings;

    public ResourcesByIdentifier(XmlElement manifest, Warnings warnings) {
        this.warnings = warnings;
        collect(manifest, "");
    }

    public Optional<Resource> find(String identifier) {
        return Optional.ofNullable(byIdentifier.get(identifier));
    }

    public Iterable<String> identifiers() {
        return byIdentifier.keySet();
    }

    private void collect(XmlElement manifest, String above) {
        var base = base(above, manifest);
        manifest.all("resources")
                .forEach(
                        resources -> {
                            var within = base(base, resources);
                            resources
                                    .all("resource")
                                    .forEach(each -> add(each, base(within, each)));
                        });
        manifest.all("manifest").forEach(nested -> collect(nested, base));
    }

    private void add(XmlElement resource, String base) {
        var identifier = resource.attribute("identifier").orElse("");
        if (byIdentifier.putIfAbsent(identifier, new Resource(resource, base)) != null) {
            warnings.add(
                    "duplicate-identifier",
                    "two resources are called \"" + identifier + "\"; the first is used",
                    resource.place());
        }
    }

    private static String base(String above, XmlElement element) {
        return Urls.base(above, element.attribute("xml:base"));
    }
}
