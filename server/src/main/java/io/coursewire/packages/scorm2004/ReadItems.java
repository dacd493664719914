package io.coursewire.packages.scorm2004;

import io.coursewire.packages.Identifiers;
import io.coursewire.packages.PackageLimits;
import io.coursewire.packages.PackageRefused;
import io.coursewire.packages.Titles;
import io.coursewire.packages.scorm2004.Content.Launch;
import io.coursewire.packages.scorm2004.Presentation.Control;
import io.coursewire.packages.xml.XmlElement;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// Reads the tree of items below the organizations of a manifest.
final class ReadItems {
    private final Resources resources;
    private final SequencingCollections collections;
    private final ReadLaunchData launchData;
    private final Values values;
    private final Identifiers identifiers;

    ReadItems(Resources resources, SequencingCollections collections, Values values) {
        this.resources = resources;
        this.collections = collections;
        this.launchData = new ReadLaunchData(values);
        this.values = values;
        this.identifiers = new Identifiers(values.warnings());
    }

    Item root(XmlElement organization) {
        return item(organization, 0);
    }

    private Item item(XmlElement element, int depth) {
        if (depth > PackageLimits.ITEM_DEPTH_MAX) {
            throw new PackageRefused(
                    "items-too-deep",
                    "items are nested more than " + PackageLimits.ITEM_DEPTH_MAX + " deep",
                    element.place());
        }
        var identifier = identifiers.of(element);
        var children = element.all("item").map(child -> item(child, depth + 1)).toList();
        return new Item(
                identifier,
                Titles.cut(element.text("title").orElse(identifier)),
                content(element, children.isEmpty()),
                ReadSequencing.read(collections.resolve(element), values),
                children);
    }

    private Content content(XmlElement element, boolean leaf) {
        return new Content(
                launch(element, leaf),
                launchData.read(element),
                launchData.completionThreshold(element),
                new Presentation(values.flag(element, "isvisible", true), hidden(element)));
    }

    private Optional<Launch> launch(XmlElement element, boolean leaf) {
        var reference = element.attribute("identifierref");
        if (reference.isPresent() && !leaf) {
            values.warn(
                    "cluster-with-content",
                    "an item that has items opens nothing itself; its content is left out",
                    element);
            return Optional.empty();
        }
        return reference.flatMap(
                found ->
                        resources.launch(
                                found, element.attribute("parameters").orElse(""), element));
    }

    private Set<Control> hidden(XmlElement element) {
        var hidden = EnumSet.noneOf(Control.class);
        element.first("presentation", "navigationInterface").stream()
                .flatMap(navigation -> navigation.all("hideLMSUI"))
                .forEach(
                        hide ->
                                Values.find(Control.values(), Control::word, hide.text())
                                        .ifPresentOrElse(
                                                hidden::add,
                                                () ->
                                                        values.warn(
                                                                "bad-value",
                                                                "hideLMSUI \""
                                                                        + hide.text()
                                                                        + "\" is left out",
                                                                hide)));
        return hidden;
    }
}
