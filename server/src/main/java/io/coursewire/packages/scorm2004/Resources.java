package io.coursewire.packages.scorm2004;

import io.coursewire.packages.Urls;
import io.coursewire.packages.scorm2004.Content.Launch;
import io.coursewire.packages.xml.XmlElement;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The resources of a manifest by identifier, those of manifests inside it too, each with every `xml:base` above it and its own.
final class Resources {
    private record Resource(XmlElement element, String base) {}

    private final Map<String, Resource> byIdentifier = new LinkedHashMap<>();
    private final Map<String, Optional<Launch>> resolved = new HashMap<>();
    private final ReadScorm2004.Hrefs hrefs;
    private final Values values;

    Resources(XmlElement manifest, ReadScorm2004.Hrefs hrefs, Values values) {
        this.hrefs = hrefs;
        this.values = values;
        collect(manifest, "");
    }

    private void collect(XmlElement manifest, String above) {
        var base = Urls.base(above, manifest.attribute("xml:base"));
        manifest.all("resources")
                .forEach(
                        resources ->
                                resources
                                        .all("resource")
                                        .forEach(
                                                each ->
                                                        add(
                                                                each,
                                                                Urls.base(
                                                                        base,
                                                                        resources.attribute(
                                                                                "xml:base")))));
        manifest.all("manifest").forEach(nested -> collect(nested, base));
    }

    private void add(XmlElement resource, String base) {
        var identifier = resource.attribute("identifier").orElse("");
        if (byIdentifier.putIfAbsent(
                        identifier,
                        new Resource(resource, Urls.base(base, resource.attribute("xml:base"))))
                != null) {
            values.warn(
                    "duplicate-identifier",
                    "two resources are called \"" + identifier + "\"; the first is used",
                    resource);
        }
    }

    /// The identifiers of all resources, in the order of the manifest.
    Iterable<String> identifiers() {
        return byIdentifier.keySet();
    }

    /// What an item with this `identifierref` opens; empty, with a warning, where it opens nothing.
    Optional<Launch> launch(String reference, String parameters, XmlElement item) {
        var resource = byIdentifier.get(reference);
        if (resource == null) {
            values.warn(
                    "dangling-reference",
                    "there is no resource \"" + reference + "\"; the item opens nothing",
                    item);
            return Optional.empty();
        }
        return resolved.computeIfAbsent(reference, _ -> resolve(resource))
                .map(launch -> new Launch(Urls.join(launch.href(), parameters), launch.sco()));
    }

    private Optional<Launch> resolve(Resource resource) {
        var element = resource.element();
        var href = element.attribute("href");
        if (href.isEmpty()) {
            values.warn("no-href", "the resource has no href; its items open nothing", element);
        }
        var sco =
                element.attribute("scormType")
                        .filter(type -> type.equalsIgnoreCase("sco"))
                        .isPresent();
        return href.flatMap(found -> hrefs.resolve(resource.base(), found, element.place()))
                .map(found -> new Launch(found, sco));
    }
}
