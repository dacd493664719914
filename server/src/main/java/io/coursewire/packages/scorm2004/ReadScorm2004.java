package io.coursewire.packages.scorm2004;

import io.coursewire.packages.NothingToOpen;
import io.coursewire.packages.PackageLimits;
import io.coursewire.packages.PackageRefused;
import io.coursewire.packages.ResourcesAlone;
import io.coursewire.packages.Titles;
import io.coursewire.packages.Warnings;
import io.coursewire.packages.xml.XmlElement;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Reads a SCORM 2004 manifest (Content Aggregation Model, second to fourth edition). What tools get wrong and players get over is
/// a warning; a course that would open nothing is refused.
public final class ReadScorm2004 {
    private final XmlElement manifest;
    private final Hrefs hrefs;
    private final Warnings warnings;
    private final Values values;

    /// Finds what an href opens: `ResolveHref` in a package, a plain joining where there are no files to look for.
    public interface Hrefs {
        Optional<String> resolve(String base, String href, String place);
    }

    private ReadScorm2004(XmlElement manifest, Hrefs hrefs, Warnings warnings) {
        this.manifest = manifest;
        this.hrefs = hrefs;
        this.warnings = warnings;
        this.values = new Values(warnings);
    }

    /// @throws PackageRefused when the manifest cannot be brought in
    public static Scorm2004Manifest read(XmlElement manifest, Hrefs hrefs, Warnings warnings) {
        return new ReadScorm2004(manifest, hrefs, warnings).read();
    }

    private Scorm2004Manifest read() {
        var identifier =
                manifest.attribute("identifier")
                        .filter(text -> text.length() <= PackageLimits.IDENTIFIER_CHARS_MAX);
        if (identifier.isEmpty()) {
            values.warn(
                    "no-identifier", "the manifest has no identifier, or one too long", manifest);
        }
        return new Scorm2004Manifest(identifier, edition(), organizations());
    }

    private Edition edition() {
        var version = manifest.first("metadata", "schemaversion").map(XmlElement::text).orElse("");
        if (version.isEmpty()) {
            values.warn(
                    "no-schema-version", "no schemaversion; read as the fourth edition", manifest);
        }
        return Edition.of(version);
    }

    private ArrayList<Organization> organizations() {
        var parent = manifest.first("organizations").orElse(manifest);
        var chosen = parent.attribute("default");
        var resources = new Resources(manifest, hrefs, values);
        var items = new ReadItems(resources, SequencingCollections.of(manifest, values), values);
        var found = new ArrayList<Organization>();
        parent.all("organization")
                .forEach(
                        element -> {
                            var organization = organization(items, element);
                            found.add(
                                    chosen.equals(element.attribute("identifier"))
                                            ? 0
                                            : found.size(),
                                    organization);
                        });
        if (found.isEmpty()) {
            found.add(organization(items, ofResources(resources)));
        }
        refuseEmpty(found);
        if (chosen.isPresent() && !found.getFirst().identifier().equals(chosen.get())) {
            values.warn(
                    "no-default-organization",
                    "the default organization \""
                            + chosen.get()
                            + "\" is not there; the first is used",
                    parent);
        }
        return found;
    }

    private XmlElement ofResources(Resources resources) {
        return ResourcesAlone.organization(
                manifest,
                resources.identifiers(),
                resource -> resources.launch(resource, "", manifest).isPresent(),
                warnings);
    }

    private void refuseEmpty(ArrayList<Organization> organizations) {
        if (!launches(organizations.getFirst().root())) {
            throw NothingToOpen.of(warnings, manifest.place());
        }
    }

    private static boolean launches(Item item) {
        return item.content().launch().isPresent()
                || item.children().stream().anyMatch(ReadScorm2004::launches);
    }

    private Organization organization(ReadItems items, XmlElement element) {
        var root = items.root(element);
        var titles =
                Titles.of(
                        root.title(),
                        Stream.of(element, manifest).flatMap(each -> each.all("metadata")));
        return new Organization(
                root,
                titles,
                language(root.title(), titles),
                values.flag(element, "objectivesGlobalToSystem", true),
                values.flag(element, "sharedDataGlobalToSystem", true));
    }

    private static String language(String title, Map<String, String> titles) {
        return titles.entrySet().stream()
                .filter(entry -> entry.getValue().equals(title))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(Titles.UNKNOWN);
    }
}
