package io.coursewire.packages.scorm12;

import io.coursewire.packages.Identifiers;
import io.coursewire.packages.PackageLimits;
import io.coursewire.packages.PackageRefused;
import io.coursewire.packages.Scorm12.Content;
import io.coursewire.packages.Scorm12.Item;
import io.coursewire.packages.Titles;
import io.coursewire.packages.Urls;
import io.coursewire.packages.Warnings;
import io.coursewire.packages.xml.XmlElement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads the items of an organization, and of the manifests that they refer to.
final class ReadItems {
    private static final int PREREQUISITES_CHARS_MAX = 4_000;

    private final Resources resources;
    private final Map<String, XmlElement> nested = new HashMap<>();
    private final ReadLaunchData launchData;
    private final Warnings warnings;
    private final String language;
    private final Identifiers identifiers;

    /// @param language the tag of the course's language
    ReadItems(XmlElement manifest, Resources resources, Warnings warnings, String language) {
        this.resources = resources;
        this.launchData = new ReadLaunchData(warnings);
        this.warnings = warnings;
        this.identifiers = new Identifiers(warnings);
        this.language = language;
        manifest.walk()
                .filter(element -> element.is("manifest") && element != manifest)
                .forEach(
                        each ->
                                each.attribute("identifier")
                                        .ifPresent(identifier -> nested.put(identifier, each)));
    }

    List<Item> read(XmlElement parent, int depth) {
        if (depth > PackageLimits.ITEM_DEPTH_MAX) {
            throw new PackageRefused(
                    "items-too-deep",
                    "items are nested more than "
                            + PackageLimits.ITEM_DEPTH_MAX
                            + " deep, or a manifest contains itself",
                    parent.place());
        }
        return parent.all("item").map(item -> item(item, depth)).toList();
    }

    private Item item(XmlElement element, int depth) {
        var identifier = identifiers.of(element);
        var reference = element.attribute("identifierref");
        var inside = reference.map(nested::get);
        var content =
                inside.isPresent()
                        ? Optional.<Content>empty()
                        : reference.flatMap(found -> content(found, element));
        var children =
                inside.map(manifest -> inside(manifest, depth + 1))
                        .orElseGet(() -> read(element, depth + 1));
        return new Item(
                identifier,
                Map.of(language, title(element, identifier)),
                isVisible(element),
                prerequisites(element),
                content,
                children);
    }

    private List<Item> inside(XmlElement manifest, int depth) {
        return manifest.first("organizations")
                .flatMap(ReadScorm12::defaultOrganization)
                .map(organization -> read(organization, depth))
                .orElse(List.of());
    }

    private Optional<Content> content(String reference, XmlElement item) {
        var parameters = item.attribute("parameters").orElse("");
        return resources
                .launch(reference, item)
                .map(
                        launch ->
                                new Content(
                                        Urls.join(launch.href(), parameters),
                                        launch.sco(),
                                        launchData.read(item)));
    }

    private String title(XmlElement element, String identifier) {
        var title = element.text("title");
        if (title.isEmpty()) {
            warnings.add(
                    "no-title", "the item has no title; its identifier is shown", element.place());
        }
        return Titles.cut(title.orElse(identifier));
    }

    private static boolean isVisible(XmlElement element) {
        return element.attribute("isvisible")
                .filter(word -> word.equalsIgnoreCase("false") || word.equals("0"))
                .isEmpty();
    }

    private Optional<String> prerequisites(XmlElement element) {
        var script = element.text("prerequisites");
        if (script.filter(text -> text.length() > PREREQUISITES_CHARS_MAX).isPresent()) {
            warnings.add(
                    "too-long",
                    "prerequisites of more than "
                            + PREREQUISITES_CHARS_MAX
                            + " characters were left out",
                    element.place());
            return Optional.empty();
        }
        return script;
    }
}
