package io.coursewire.packages.scorm2004;

import io.coursewire.packages.Urls;
import io.coursewire.packages.scorm2004.Content.Launch;
import io.coursewire.packages.xml.XmlElement;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// `<resources>` by identifier, with `xml:base` of the manifest, the collection and the resource.
final class Resources {
    private record Resource(XmlElement element, String base) {}

    private final Map<String, Resource> byIdentifier = new HashMap<>();
    private final Map<String, Optional<Launch>> resolved = new HashMap<>();
    private final ReadScorm2004.Hrefs hrefs;
    private final Values values;

    Resources(XmlElement manifest, ReadScorm2004.Hrefs hrefs, Values values) {
        this.hrefs = hrefs;
        this.values = values;
        manifest.all("resources")
                .forEach(
                        resources ->
                                resources
                                        .all("resource")
                                        .forEach(
                                                each ->
                                                        add(
                                                                each,
                                                                base(manifest)
                                                                        + base(resources)
                                                                        + base(each))));
    }

    private static String base(XmlElement element) {
        return element.attribute("xml:base")
                .map(base -> base.endsWith("/") ? base : base + "/")
                .orElse("");
    }

    private void add(XmlElement resource, String base) {
        var identifier = resource.attribute("identifier").orElse("");
        if (byIdentifier.putIfAbsent(identifier, new Resource(resource, base)) != null) {
            values.warn(
                    "duplicate-identifier",
                    "two resources are called \"" + identifier + "\"; the first is used",
                    resource);
        }
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
