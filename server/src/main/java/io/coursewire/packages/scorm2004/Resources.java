package io.coursewire.packages.scorm2004;

import io.coursewire.packages.ResourcesByIdentifier;
import io.coursewire.packages.ResourcesByIdentifier.Resource;
import io.coursewire.packages.Urls;
import io.coursewire.packages.scorm2004.Content.Launch;
import io.coursewire.packages.xml.XmlElement;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The resources of a manifest, those of manifests inside it too, and what they open.
final class Resources {
    private final ResourcesByIdentifier all;
    private final Map<String, Optional<Launch>> resolved = new HashMap<>();
    private final ReadScorm2004.Hrefs hrefs;
    private final Values values;

    Resources(XmlElement manifest, ReadScorm2004.Hrefs hrefs, Values values) {
        this.all = new ResourcesByIdentifier(manifest, values.warnings());
        this.hrefs = hrefs;
        this.values = values;
    }

    /// The identifiers of all resources, in the order of the manifest.
    Iterable<String> identifiers() {
        return all.identifiers();
    }

    /// What an item with this `identifierref` opens; empty, with a warning, where it opens nothing.
    Optional<Launch> launch(String reference, String parameters, XmlElement item) {
        var resource = all.find(reference);
        if (resource.isEmpty()) {
            values.warn(
                    "dangling-reference",
                    "there is no resource \"" + reference + "\"; the item opens nothing",
                    item);
            return Optional.empty();
        }
        return resolved.computeIfAbsent(reference, _ -> resolve(resource.get()))
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
